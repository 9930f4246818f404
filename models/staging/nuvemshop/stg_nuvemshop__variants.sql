select
    'nuvemshop' as platform,
    cast(variants._account_id as char(150)) as store_id,
    cast(variants.product_id as char(150)) as external_product_id,
    cast(variants.variant_id as char(150)) as external_variant_id,
    variants.sku,
    cast(null as char(500)) as variant_name,
    round(coalesce(variants.promotional_price, variants.price), 2) as price,
    round(coalesce(variants.compare_at_price, variants.price), 2) as compare_at_price,
    variants.cost as unit_cost,
    case when variants.manages_stock then variants.stock end as stock,
    cast(null as decimal(18,4)) as on_hand,
    products._deleted_at is not null as is_deleted
from {{source "nuvemshop" "product_variants"}} as variants
inner join {{source "nuvemshop" "products"}} as products
    on products._account_id = variants._account_id
    and products.id = variants.product_id
