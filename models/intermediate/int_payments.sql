{{config
    materialized="table"
    primary_key="payment_id"
    indexes=(list (dict columns=(list "order_id")))
}}

with staged as (
    {{stack_platforms entity="payments" platforms=(var "ecommerce")}}
)

select
    {{bigint_key (list "payments.platform" "payments.store_id" "payments.external_order_id" "payments.external_payment_id")}} as payment_id,
    orders.order_id,
    payments.external_payment_id,
    payments.payment_method,
    payments.payment_status,
    cast(round(payments.amount * orders.fx_rate, 2) as decimal(18,2)) as amount,
    payments.created_at,
    payments.paid_at,
    -- Tray knows the day of a payment only, whose start may lie before the order.
    greatest(timestampdiff(minute, orders.order_created_at, payments.paid_at), 0) / 60e0 as hours_to_pay
from staged as payments
inner join {{ref "int_orders"}} as orders
    on orders.platform = payments.platform
    and orders.store_id = payments.store_id
    and orders.external_order_id = payments.external_order_id
