{{config
    materialized="table"
    indexes=(list (dict columns=(list "anonymous_id") unique=true))
}}

-- A browser in which somebody bought is theirs, its earlier visits too. Where several did, the last one counts.
with purchases as (
    select
        visits.anonymous_id,
        records.customer_id,
        row_number() over (
            partition by visits.anonymous_id
            order by orders.order_created_at desc, orders.order_id
        ) as newest_first
    from {{ref "int_visits"}} as visits
    inner join {{ref "int_orders"}} as orders
        on orders.order_number = visits.transaction_id
        or orders.external_order_id = visits.transaction_id
    inner join {{ref "int_customer_records"}} as records
        on records.record_key = orders.record_key
    where visits.anonymous_id is not null
        and visits.transaction_id is not null
)

select anonymous_id, customer_id
from purchases
where newest_first = 1
