{{config
    materialized="table"
    primary_key=(list "month_start" "payment_method")
}}

with orders as (
    select
        {{date_trunc unit="month" date="order_date"}} as month_start,
        payment_method,
        total_amount,
        is_valid,
        is_payment_expired,
        case when is_valid = 1 and paid_at is not null
            then timestampdiff(minute, order_created_at, paid_at) / 60e0 end as hours_to_pay
    from {{ref "fct_orders"}}
    where is_test = 0
),

-- Orders that were not paid come after those that were.
ranked as (
    select
        orders.*,
        row_number() over (
            partition by month_start, payment_method
            order by hours_to_pay is null, hours_to_pay
        ) as position_from_below,
        count(hours_to_pay) over (partition by month_start, payment_method) as payments
    from orders
),

counted as (
    select
        month_start,
        payment_method,
        count(*) as orders_created,
        sum(is_valid) as orders_paid,
        sum(case when is_valid = 0 then is_payment_expired else 0 end) as orders_expired,
        sum(total_amount) as amount_created,
        sum(is_valid * total_amount) as amount_paid,
        -- The median is the middle one, or the mean of the two in the middle.
        avg(case
            when position_from_below in (floor((payments + 1) / 2), ceil((payments + 1) / 2)) then hours_to_pay
        end) as median_hours_to_pay
    from ranked
    group by month_start, payment_method
)

select
    counted.month_start,
    counted.payment_method,
    counted.orders_created,
    cast(counted.orders_paid as signed) as orders_paid,
    cast(counted.orders_expired as signed) as orders_expired,
    cast(counted.amount_created as decimal(18,2)) as amount_created,
    cast(counted.amount_paid as decimal(18,2)) as amount_paid,
    counted.orders_paid * 1e0 / counted.orders_created as paid_rate,
    counted.median_hours_to_pay
from counted
