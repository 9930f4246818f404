{{config
    materialized="table"
    primary_key=(list "month_start" "customer_type")
}}

select
    {{date_trunc unit="month" date="revenue_date"}} as month_start,
    case when is_new_customer = 1 then 'new' else 'returning' end as customer_type,
    count(*) as orders,
    count(distinct customer_id) as customers,
    cast(sum(total_amount) as decimal(18,2)) as revenue,
    cast(sum(net_revenue) as decimal(18,2)) as net_revenue,
    sum(total_amount) * 1e0 / count(*) as aov
from {{ref "fct_orders"}}
where is_valid = 1
group by
    {{date_trunc unit="month" date="revenue_date"}},
    case when is_new_customer = 1 then 'new' else 'returning' end
