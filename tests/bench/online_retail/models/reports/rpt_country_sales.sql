{{config materialized="table" primary_key="country_name"}}

select
    orders.country_name,
    max(regions.region) as region,
    count(*) as order_count,
    count(distinct orders.customer_id) as customer_count,
    sum(orders.order_total) as revenue,
    sum(orders.order_total) / (select sum(order_total) from {{ref "fct_orders"}}) as revenue_share
from {{ref "fct_orders"}} as orders
left join {{ref "country_regions"}} as regions
    on regions.country_name = orders.country_name
group by orders.country_name
