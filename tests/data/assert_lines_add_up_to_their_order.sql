-- The lines of every valid order are all there, and hold its discounts and freight to the cent.
with line_sums as (
    select
        order_id,
        sum(gross_amount) as gross_amount,
        sum(line_discount + order_discount_allocated) as discounts,
        sum(shipping_allocated) as shipping_allocated
    from {{ref "fct_order_items"}}
    group by order_id
)

select orders.order_id, orders.gross_sales, orders.discounts, orders.shipping_revenue
from {{ref "fct_orders"}} as orders
left join line_sums
    on line_sums.order_id = orders.order_id
where orders.is_valid = 1
    and (
        coalesce(line_sums.gross_amount, 0) <> orders.gross_sales + orders.gift_card_sales
        or coalesce(line_sums.discounts, 0) <> orders.discounts
        or coalesce(line_sums.shipping_allocated, 0) <> orders.shipping_revenue
    )
