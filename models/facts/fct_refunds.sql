{{config
    materialized="table"
    primary_key="refund_id"
    indexes=(list (dict columns=(list "order_id")) (dict columns=(list "date_key")))
}}

select
    refunds.refund_id,
    refunds.order_id,
    refunds.order_item_id,
    orders.customer_id,
    orders.store_key,
    orders.is_valid,
    refunds.refunded_at,
    refunds.refunded_local,
    refunds.date_key,
    refunds.amount,
    refunds.quantity,
    refunds.reason,
    refunds.is_shipping,
    refunds.is_adjustment,
    refunds.is_estimated,
    refunds.days_to_refund
from {{ref "int_refunds"}} as refunds
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = refunds.order_id
