{{config
    materialized="table"
    indexes=(list (dict columns=(list "anonymous_id") unique=true) (dict columns=(list "customer_id")))
}}

with purchase_visits as (
    select
        visits.visit_id,
        visits.anonymous_id,
        visits.transaction_id,
        visits.occurred_at
    from {{ref "int_visits"}} as visits
    where visits.anonymous_id is not null
        and visits.transaction_id is not null
),

-- Stores of a group count their orders from the same number: of those that carry it, the one nearest to the visit is
-- meant.
candidates as (
    select visits.visit_id, visits.anonymous_id, visits.occurred_at, orders.order_id, orders.record_key, orders.order_created_at
    from purchase_visits as visits
    inner join {{ref "int_orders"}} as orders
        on orders.order_number = visits.transaction_id
    union
    select visits.visit_id, visits.anonymous_id, visits.occurred_at, orders.order_id, orders.record_key, orders.order_created_at
    from purchase_visits as visits
    inner join {{ref "int_orders"}} as orders
        on orders.external_order_id = visits.transaction_id
),

purchases as (
    select
        candidates.*,
        row_number() over (
            partition by visit_id
            order by abs(timestampdiff(second, occurred_at, order_created_at)), order_id
        ) as nearest_first
    from candidates
),

-- A browser in which somebody bought is theirs, its earlier visits too. Where several did, the last one counts.
buyers as (
    select
        purchases.anonymous_id,
        records.customer_id,
        row_number() over (
            partition by purchases.anonymous_id
            order by purchases.order_created_at desc, purchases.order_id
        ) as newest_first
    from purchases
    inner join {{ref "int_customer_records"}} as records
        on records.record_key = purchases.record_key
    where purchases.nearest_first = 1
)

select anonymous_id, customer_id
from buyers
where newest_first = 1
