-- Nuvemshop says that an order was refunded, not what and when: the whole amount on the day of its last change.
select
    'nuvemshop' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_order_id,
    concat('estimated-', id) as external_refund_id,
    cast(null as char(150)) as external_item_id,
    updated_at as refunded_at,
    round(total, 2) as amount,
    cast(null as decimal(18,4)) as quantity,
    cancel_reason as reason,
    0 as is_shipping,
    0 as is_adjustment,
    1 as is_estimated
from {{source "nuvemshop" "orders"}}
where payment_status = 'refunded'
    and _deleted_at is null
