select attribution.order_id, touches.touchpoint_id, touches.occurred_at, orders.order_created_at
from {{ref "fct_attribution"}} as attribution
inner join {{ref "fct_touchpoints"}} as touches
    on touches.touchpoint_id = attribution.touchpoint_id
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = attribution.order_id
where touches.occurred_at > orders.order_created_at
    or touches.occurred_at < orders.order_created_at - interval {{var "attribution_lookback_days"}} day
    or touches.customer_id <> orders.customer_id
