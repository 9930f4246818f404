-- Every valid order is shared out whole, to the cent, under every model. Orders are joined before the shares are added
-- up, in this order, in which MariaDB adds them up along the key and keeps no table of all sums.
select
    shares.attribution_model,
    shares.order_id,
    sum(shares.weight) as weight,
    sum(shares.attributed_revenue) as attributed_revenue,
    min(orders.{{attribution_amount}}) as order_amount
from {{ref "fct_attribution"}} as shares
straight_join {{ref "fct_orders"}} as orders
    on orders.order_id = shares.order_id
where orders.is_valid = 1
group by shares.attribution_model, shares.order_id
having abs(sum(shares.weight) - 1) > 1e-9
    or sum(shares.attributed_revenue) <> min(orders.{{attribution_amount}})
    or sum(shares.attributed_net_revenue) <> min(orders.net_revenue)
union all
select
    models.attribution_model,
    orders.order_id,
    null as weight,
    null as attributed_revenue,
    orders.{{attribution_amount}} as order_amount
from {{ref "fct_orders"}} as orders
cross join (select distinct attribution_model from {{ref "fct_attribution"}}) as models
left join {{ref "fct_attribution"}} as shares
    on shares.attribution_model = models.attribution_model
    and shares.order_id = orders.order_id
    and shares.touch_position = 1
where orders.is_valid = 1
    and shares.order_id is null
