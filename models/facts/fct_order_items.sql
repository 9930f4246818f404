{{config
    materialized="table"
    primary_key="order_item_id"
    indexes=(list (dict columns=(list "order_id")) (dict columns=(list "product_id")))
}}

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
    items.is_gift_card
from {{ref "int_order_items"}} as items
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = items.order_id
