{{config
    materialized="incremental"
    unique_key="order_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="payment_id"
    indexes=(list (dict columns=(list "order_id" "synced_at")))
}}

with
{{#if (is_incremental)}}
-- The payments of an order are made again together when the order is another.
changed_orders as (
    {{orders_made_again table=this}}
),

staged as (
    {{stack_platforms entity="payments" platforms=(var "ecommerce") where=(of_changed_orders)}}
)
{{else}}
staged as (
    {{stack_platforms entity="payments" platforms=(var "ecommerce")}}
)
{{/if}}

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
    greatest(timestampdiff(minute, orders.order_created_at, payments.paid_at), 0) / 60e0 as hours_to_pay,
    orders.synced_at
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from staged as payments
inner join {{ref "int_orders"}} as orders
    on orders.platform = payments.platform
    and orders.store_id = payments.store_id
    and orders.external_order_id = payments.external_order_id
{{#if (is_incremental)}}
inner join changed_orders
    on changed_orders.order_id = orders.order_id
union all
{{gone_rows table=this parent=(ref "int_orders") keys=(list "order_id") remade="changed_orders"}}
{{/if}}
