-- The parts of a kit stand beside the kit itself, which has the price: they are left out.
select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(order_id as char(150)) as external_order_id,
    cast(line_id as char(150)) as external_item_id,
    _position + 1 as line_number,
    cast(product_id as char(150)) as external_product_id,
    coalesce(cast(variant_id as char(150)), cast(product_id as char(150))) as external_variant_id,
    reference as sku,
    name as product_name,
    quantity,
    price as unit_price,
    cast(0 as decimal(18,2)) as line_discount,
    cost_price as unit_cost,
    0 as is_gift_card
from {{source "tray" "order_lines"}}
where coalesce(kit_product_id, 0) = 0
