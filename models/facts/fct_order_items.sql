{{config
    materialized="incremental"
    unique_key="order_item_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="order_item_id"
    indexes=(list (dict columns=(list "order_id")) (dict columns=(list "product_id")))
}}

with refunded as (
    select
        order_item_id,
        cast(sum(quantity) as decimal(18,4)) as refunded_quantity,
        cast(sum(amount) as decimal(18,2)) as refunded_amount
    from {{ref "int_refunds"}}
    where order_item_id is not null
    group by order_item_id
),

valued as (
    select
        items.*,
        cast(coalesce(refunded.refunded_quantity, 0) as decimal(18,4)) as refunded_quantity,
        cast(coalesce(refunded.refunded_amount, 0) as decimal(18,2)) as refunded_amount
    from {{ref "int_order_items"}} as items
    left join refunded
        on refunded.order_item_id = items.order_item_id
)

select
    items.order_item_id,
    items.order_id,
    orders.customer_id,
    orders.date_key,
    orders.is_valid,
    items.line_position,
    items.product_id,
    items.variant_id,
    items.sku,
    items.product_name,
    items.quantity,
    items.unit_price,
    items.gross_amount,
    items.line_discount,
    items.order_discount_allocated,
    items.net_amount,
    items.shipping_allocated,
    items.refunded_quantity,
    items.refunded_amount,
    cast(items.net_amount - items.refunded_amount as decimal(18,2)) as net_after_refunds,
    items.unit_cost,
    items.cogs,
    items.is_gift_card,
    items.synced_at
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
-- In this order: all items are read either way, and each has one order.
from valued as items
straight_join {{ref "fct_orders"}} as orders
    on orders.order_id = items.order_id
{{#if (is_incremental)}}
left join {{this}} as previous
    on previous.order_item_id = items.order_item_id
where orders.currency <> '{{client.currency}}'
    or coalesce(previous.synced_at <> items.synced_at, true)
    or not (
        previous.customer_id <=> orders.customer_id
        and previous.refunded_quantity <=> items.refunded_quantity
        and previous.refunded_amount <=> items.refunded_amount
        and previous.unit_cost <=> items.unit_cost
    )
union all
{{gone_rows table=this parent=(ref "int_order_items") keys=(list "order_item_id")}}
{{/if}}
