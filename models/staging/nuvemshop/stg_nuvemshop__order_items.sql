select
    'nuvemshop' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(order_id as char(150)) as external_order_id,
    cast(line_id as char(150)) as external_item_id,
    _position + 1 as line_number,
    cast(product_id as char(150)) as external_product_id,
    cast(variant_id as char(150)) as external_variant_id,
    sku,
    name as product_name,
    quantity,
    price as unit_price,
    cast(0 as decimal(18,2)) as line_discount,
    cost as unit_cost,
    0 as is_gift_card
from {{source "nuvemshop" "order_lines"}}
