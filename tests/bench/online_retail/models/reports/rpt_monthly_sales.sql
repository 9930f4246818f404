{{config materialized="table" primary_key="month_start"}}

with first_orders as (
    select customer_id, min(order_date) as first_order_date
    from {{ref "fct_orders"}}
    group by customer_id
)

select
    dates.month_start,
    count(*) as order_count,
    count(distinct orders.customer_id) as customer_count,
    count(distinct case when first_orders.first_order_date = orders.order_date then orders.customer_id end) as new_customer_count,
    sum(orders.unit_count) as unit_count,
    sum(orders.order_total) as revenue,
    {{safe_divide numerator="sum(orders.order_total)" denominator="count(*)"}} as average_order_value
from {{ref "fct_orders"}} as orders
join {{ref "dim_dates"}} as dates on dates.date_day = orders.order_date
join first_orders on first_orders.customer_id = orders.customer_id
group by dates.month_start
