{{config
    materialized="table"
    primary_key=(list "order_id" "product_id")
}}

select distinct
    items.order_id,
    items.product_id
from {{ref "fct_order_items"}} as items
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = items.order_id
where orders.is_valid = 1
    and orders.order_date > {{as_of}} - interval {{var "abc_window_days"}} day
