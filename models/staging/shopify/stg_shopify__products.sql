select
    'shopify' as platform,
    cast(_account_id as char(150)) as store_id,
    substring_index(id, '/', -1) as external_product_id,
    title as product_name,
    nullif(product_type, '') as category_level_1,
    cast(null as char(500)) as category_level_2,
    cast(null as char(500)) as category_level_3,
    vendor as brand,
    coalesce(status = 'ACTIVE', 0) as is_active,
    _deleted_at is not null as is_deleted,
    created_at
from {{source "shopify" "products"}}
