-- Nuvemshop says that an order was refunded, not what and when: goods and freight on the day of its last change.
with refunded as (
    select
        cast(_account_id as char(150)) as store_id,
        cast(id as char(150)) as external_order_id,
        updated_at,
        cancel_reason,
        round(total, 2) as total,
        round(coalesce(shipping_cost_customer, 0), 2) as shipping
    from {{source "nuvemshop" "orders"}}
    where payment_status = 'refunded'
        and _deleted_at is null
)

select
    'nuvemshop' as platform,
    store_id,
    external_order_id,
    concat('estimated-', external_order_id) as external_refund_id,
    null as external_item_id,
    updated_at as refunded_at,
    total - shipping as amount,
    null as quantity,
    cancel_reason as reason,
    0 as is_shipping,
    0 as is_adjustment,
    1 as is_estimated
from refunded
union all
select
    'nuvemshop' as platform,
    store_id,
    external_order_id,
    concat('estimated-freight-', external_order_id) as external_refund_id,
    null as external_item_id,
    updated_at as refunded_at,
    shipping as amount,
    null as quantity,
    cancel_reason as reason,
    1 as is_shipping,
    0 as is_adjustment,
    1 as is_estimated
from refunded
where shipping > 0
