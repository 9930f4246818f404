{{config
    materialized="table"
    primary_key="customer_id"
}}

with history as (
    select
        customer_id,
        count(*) as orders,
        datediff({{as_of}}, max(order_date)) as days_since_last_order,
        datediff(max(order_date), min(order_date)) as days_between_first_and_last
    from {{ref "fct_orders"}}
    where is_valid = 1
        and {{counted_customers}}
    group by customer_id
),

with_gap as (
    select
        history.*,
        case when orders >= 2 then days_between_first_and_last * 1e0 / (orders - 1) end as expected_gap_days
    from history
)

select
    customer_id,
    orders,
    days_since_last_order,
    expected_gap_days,
    case when days_since_last_order > {{var "churn_threshold_days"}} then 1 else 0 end as is_churned,
    case when days_since_last_order > 2 * expected_gap_days then 1 else 0 end as is_at_risk
from with_gap
