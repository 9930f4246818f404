{{config materialized="view"}}

with recency as (
    select
        customer_id,
        region,
        revenue,
        order_count,
        datediff((select max(last_order_date) from {{ref "dim_customers"}}), last_order_date) as days_since_order
    from {{ref "dim_customers"}}
),

scores as (
    select
        customer_id,
        region,
        revenue,
        order_count,
        days_since_order,
        ntile(5) over (order by days_since_order desc, customer_id) as recency_score,
        ntile(5) over (order by order_count, customer_id) as frequency_score,
        ntile(5) over (order by revenue, customer_id) as monetary_score
    from recency
)

select
    customer_id,
    region,
    revenue,
    order_count,
    days_since_order,
    recency_score,
    frequency_score,
    monetary_score,
    case
        when recency_score >= 4 and frequency_score >= 4 then 'Champions'
        when recency_score >= 3 and frequency_score >= 3 then 'Loyal'
        when recency_score >= 4 then 'New or returning'
        when frequency_score >= 4 then 'At risk'
        when recency_score <= 2 and frequency_score <= 2 then 'Lost'
        else 'Needs attention'
    end as segment
from scores
