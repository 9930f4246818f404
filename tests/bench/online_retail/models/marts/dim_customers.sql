{{config materialized="table" primary_key="customer_id"}}

with orders as (
    select
        customer_id,
        country_name,
        order_date,
        order_total,
        row_number() over (partition by customer_id order by ordered_at desc, order_id desc) as recency
    from {{ref "fct_orders"}}
)

select
    orders.customer_id,
    max(case when orders.recency = 1 then orders.country_name end) as country_name,
    max(case when orders.recency = 1 then regions.region end) as region,
    min(orders.order_date) as first_order_date,
    max(orders.order_date) as last_order_date,
    count(*) as order_count,
    sum(orders.order_total) as revenue
from orders
left join {{ref "country_regions"}} as regions
    on regions.country_name = orders.country_name
group by orders.customer_id
