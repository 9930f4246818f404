select attribution.order_id, attribution.attribution_model
from {{ref "fct_attribution"}} as attribution
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = attribution.order_id
where orders.is_valid = 0
