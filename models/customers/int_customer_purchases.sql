{{config
    materialized="table"
    primary_key="customer_id"
}}

-- A day with two orders is one purchase: the models of lifetime value count days.
with purchase_days as (
    select
        customer_id,
        order_date,
        sum(net_revenue) as net_revenue
    from {{ref "fct_orders"}}
    where is_valid = 1
        and {{counted_customers}}
    group by customer_id, order_date
),

numbered as (
    select
        purchase_days.*,
        min(order_date) over (partition by customer_id) as first_date
    from purchase_days
)

select
    customer_id,
    cast(count(*) - 1 as signed) as repeat_purchase_days,
    datediff(max(order_date), min(first_date)) as last_purchase_age_days,
    datediff({{as_of}}, min(first_date)) as customer_age_days,
    cast(avg(case when order_date > first_date then net_revenue end) as decimal(18,6)) as mean_repeat_value
from numbered
group by customer_id
