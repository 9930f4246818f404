{{config materialized="table" primary_key="country_name"}}

select
    orders.state as country_name,
    max(regions.region) as region,
    count(*) as orders,
    count(distinct orders.customer_id) as customers,
    sum(orders.net_revenue) as revenue,
    sum(orders.net_revenue) * 1e0 / sum(sum(orders.net_revenue)) over () as revenue_share
from {{ref "fct_orders"}} as orders
left join {{ref "country_regions"}} as regions
    on regions.country_name = orders.state
where orders.is_valid = 1
group by orders.state
