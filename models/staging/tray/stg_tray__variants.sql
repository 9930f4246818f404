-- A product without variants is its own only variant, as in the lines of orders.
select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(product_id as char(150)) as external_product_id,
    cast(id as char(150)) as external_variant_id,
    reference as sku,
    cast(null as char(500)) as variant_name,
    round(coalesce(nullif(promotional_price, 0), price), 2) as price,
    round(price, 2) as compare_at_price,
    cost_price as unit_cost,
    stock,
    cast(null as decimal(18,4)) as on_hand,
    _deleted_at is not null as is_deleted
from {{source "tray" "product_variants"}}
union all
select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_product_id,
    cast(id as char(150)) as external_variant_id,
    reference as sku,
    cast(null as char(500)) as variant_name,
    round(coalesce(nullif(promotional_price, 0), price), 2) as price,
    round(price, 2) as compare_at_price,
    cost_price as unit_cost,
    stock,
    cast(null as decimal(18,4)) as on_hand,
    _deleted_at is not null as is_deleted
from {{source "tray" "products"}}
where coalesce(has_variation, 0) = 0
