-- What a refund gives back beyond its lines (or keeps of them) is a row of its own, so that rows add up to the refund.
with returned_lines as (
    select
        returned._account_id,
        returned.order_id,
        returned.refund_id,
        returned.line_item_id,
        returned.quantity,
        returned.subtotal + case when orders.taxes_included then 0 else coalesce(returned.total_tax, 0) end as amount,
        returned._position
    from {{source "shopify" "refund_line_items"}} as returned
    inner join {{source "shopify" "orders"}} as orders
        on orders._account_id = returned._account_id
        and orders.id = returned.order_id
),

line_totals as (
    select
        _account_id,
        order_id,
        refund_id,
        sum(round(amount, 2)) as amount
    from returned_lines
    group by _account_id, order_id, refund_id
)

select
    'shopify' as platform,
    cast(refunds._account_id as char(150)) as store_id,
    substring_index(refunds.order_id, '/', -1) as external_order_id,
    concat(substring_index(refunds.id, '/', -1), '-', returned._position) as external_refund_id,
    substring_index(returned.line_item_id, '/', -1) as external_item_id,
    refunds.created_at as refunded_at,
    round(returned.amount, 2) as amount,
    returned.quantity,
    left(refunds.note, 500) as reason,
    0 as is_shipping,
    0 as is_adjustment,
    0 as is_estimated
from {{source "shopify" "refunds"}} as refunds
inner join returned_lines as returned
    on returned._account_id = refunds._account_id
    and returned.order_id = refunds.order_id
    and returned.refund_id = refunds.id
union all
select
    'shopify' as platform,
    cast(refunds._account_id as char(150)) as store_id,
    substring_index(refunds.order_id, '/', -1) as external_order_id,
    concat(substring_index(refunds.id, '/', -1), '-rest') as external_refund_id,
    cast(null as char(150)) as external_item_id,
    refunds.created_at as refunded_at,
    round(refunds.total_refunded - coalesce(line_totals.amount, 0), 2) as amount,
    cast(null as decimal(18,4)) as quantity,
    left(refunds.note, 500) as reason,
    0 as is_shipping,
    1 as is_adjustment,
    0 as is_estimated
from {{source "shopify" "refunds"}} as refunds
left join line_totals
    on line_totals._account_id = refunds._account_id
    and line_totals.order_id = refunds.order_id
    and line_totals.refund_id = refunds.id
where round(refunds.total_refunded - coalesce(line_totals.amount, 0), 2) <> 0
