-- Every valid order is shared out whole, to the cent, under every model.
with shares as (
    select
        attribution_model,
        order_id,
        sum(weight) as weight,
        sum(attributed_revenue) as attributed_revenue,
        sum(attributed_net_revenue) as attributed_net_revenue
    from {{ref "fct_attribution"}}
    group by attribution_model, order_id
)

select orders.order_id, shares.attribution_model, shares.weight, shares.attributed_revenue, orders.{{attribution_amount}} as order_amount
from {{ref "fct_orders"}} as orders
cross join (select distinct attribution_model from {{ref "fct_attribution"}}) as models
left join shares
    on shares.order_id = orders.order_id
    and shares.attribution_model = models.attribution_model
where orders.is_valid = 1
    and (
        shares.order_id is null
        or abs(shares.weight - 1) > 1e-9
        or shares.attributed_revenue <> orders.{{attribution_amount}}
        or shares.attributed_net_revenue <> orders.net_revenue
    )
