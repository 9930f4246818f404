-- Tray has a status for money given back, and no record of it: goods and freight on the day of the last change.
select
    platform,
    store_id,
    external_order_id,
    concat('estimated-', external_order_id) as external_refund_id,
    null as external_item_id,
    updated_at as refunded_at,
    platform_total - shipping_revenue as amount,
    null as quantity,
    null as reason,
    0 as is_shipping,
    0 as is_adjustment,
    1 as is_estimated
from {{ref "stg_tray__orders"}}
where payment_status = 'refunded'
    and is_deleted = 0
union all
select
    platform,
    store_id,
    external_order_id,
    concat('estimated-freight-', external_order_id) as external_refund_id,
    null as external_item_id,
    updated_at as refunded_at,
    shipping_revenue as amount,
    null as quantity,
    null as reason,
    1 as is_shipping,
    0 as is_adjustment,
    1 as is_estimated
from {{ref "stg_tray__orders"}}
where payment_status = 'refunded'
    and is_deleted = 0
    and shipping_revenue > 0
