{{! Asked of each platform's staged rows: below one another, those of all orders are written to the disk. }}
external_order_id in (
    select orders.external_order_id
    from changed_orders
    inner join {{ref "int_orders"}} as orders
        on orders.order_id = changed_orders.order_id
)
