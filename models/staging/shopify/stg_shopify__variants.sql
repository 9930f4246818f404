with units_in_places as (
    select
        _account_id,
        inventory_item_id,
        sum(on_hand) as on_hand
    from {{source "shopify" "inventory_level_locations"}}
    group by _account_id, inventory_item_id
)

select
    'shopify' as platform,
    cast(variants._account_id as char(150)) as store_id,
    substring_index(variants.product_id, '/', -1) as external_product_id,
    substring_index(variants.id, '/', -1) as external_variant_id,
    variants.sku,
    variants.title as variant_name,
    round(variants.price, 2) as price,
    round(coalesce(variants.compare_at_price, variants.price), 2) as compare_at_price,
    variants.unit_cost,
    case when products.tracks_inventory then variants.inventory_quantity end as stock,
    case when products.tracks_inventory then units_in_places.on_hand end as on_hand,
    products._deleted_at is not null as is_deleted
from {{source "shopify" "variants"}} as variants
inner join {{source "shopify" "products"}} as products
    on products._account_id = variants._account_id
    and products.id = variants.product_id
left join units_in_places
    on units_in_places._account_id = variants._account_id
    and units_in_places.inventory_item_id = variants.inventory_item_id
