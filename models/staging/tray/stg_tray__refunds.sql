-- Tray has a status for money given back, and no record of it: the whole amount on the day of the last change.
select
    platform,
    store_id,
    external_order_id,
    concat('estimated-', external_order_id) as external_refund_id,
    cast(null as char(150)) as external_item_id,
    updated_at as refunded_at,
    platform_total as amount,
    cast(null as decimal(18,4)) as quantity,
    cast(null as char(500)) as reason,
    0 as is_shipping,
    0 as is_adjustment,
    1 as is_estimated
from {{ref "stg_tray__orders"}}
where payment_status = 'refunded'
