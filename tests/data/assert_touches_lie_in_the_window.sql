-- Every touch that is shared out was seen, of the buyer and in the window. The rows of one model stand for those of the
-- others, which `assert_models_share_the_path` compares with them.
select attribution.order_id, attribution.touchpoint_id, touches.occurred_at, orders.order_created_at
from {{ref "fct_attribution"}} as attribution
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = attribution.order_id
left join {{ref "fct_touchpoints"}} as touches
    on touches.touchpoint_id = attribution.touchpoint_id
where attribution.attribution_model = '{{lookup (var "attribution_models") 0}}'
    and attribution.touchpoint_id is not null
    and (
        touches.touchpoint_id is null
        or touches.occurred_at > orders.order_created_at
        or touches.occurred_at < orders.order_created_at - interval {{var "attribution_lookback_days"}} day
        or touches.customer_id <> orders.customer_id
    )
