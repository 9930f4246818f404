-- Every valid order is shared out whole, to the cent, under every model. Orders are joined before the shares are added
-- up, in this order, in which MariaDB adds them up along the key and keeps no table of all sums.
select
    shares.attribution_model,
    shares.order_id,
    sum(shares.weight) as weight,
    sum(shares.attributed_revenue) as attributed_revenue,
    min(orders.{{attribution_amount}}) as order_amount
from {{changed_rows (ref "fct_attribution") "order_id"}} as shares
straight_join {{ref "fct_orders"}} as orders
    on orders.order_id = shares.order_id
where orders.is_valid = 1
group by shares.attribution_model, shares.order_id
having abs(sum(shares.weight) - 1) > 1e-9
    or sum(shares.attributed_revenue) <> min(orders.{{attribution_amount}})
    or sum(shares.attributed_net_revenue) <> min(orders.net_revenue)
