with line_discounts as (
    select
        _account_id,
        order_id,
        line_item_id,
        sum(allocated_amount) as line_discount
    from {{source "shopify" "order_discount_allocations"}}
    group by _account_id, order_id, line_item_id
),

variant_costs as (
    select
        _account_id,
        id as variant_id,
        max(unit_cost) as unit_cost
    from {{source "shopify" "variants"}}
    group by _account_id, id
)

select
    'shopify' as platform,
    cast(items._account_id as char(150)) as store_id,
    substring_index(items.order_id, '/', -1) as external_order_id,
    substring_index(items.id, '/', -1) as external_item_id,
    items._position + 1 as line_number,
    cast(items.product_legacy_resource_id as char(150)) as external_product_id,
    cast(items.variant_legacy_resource_id as char(150)) as external_variant_id,
    items.sku,
    items.name as product_name,
    items.quantity,
    items.original_unit_price as unit_price,
    round(coalesce(line_discounts.line_discount, 0), 2) as line_discount,
    variant_costs.unit_cost,
    coalesce(items.is_gift_card, 0) as is_gift_card
from {{source "shopify" "order_line_items"}} as items
left join line_discounts
    on line_discounts._account_id = items._account_id
    and line_discounts.order_id = items.order_id
    and line_discounts.line_item_id = items.id
left join variant_costs
    on variant_costs._account_id = items._account_id
    and variant_costs.variant_id = items.variant_id
