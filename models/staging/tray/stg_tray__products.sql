-- Only the lines of orders name categories; one name is taken where they were renamed.
with named_categories as (
    select
        _account_id,
        category_id,
        max(category_name) as category_name
    from {{source "tray" "order_line_categories"}}
    group by _account_id, category_id
)

select
    'tray' as platform,
    cast(products._account_id as char(150)) as store_id,
    cast(products.id as char(150)) as external_product_id,
    products.name as product_name,
    named_categories.category_name as category_level_1,
    cast(null as char(500)) as category_level_2,
    cast(null as char(500)) as category_level_3,
    products.brand,
    coalesce(products.is_available, 0) as is_active,
    products._deleted_at is not null as is_deleted,
    products.created_at
from {{source "tray" "products"}} as products
left join named_categories
    on named_categories._account_id = products._account_id
    and named_categories.category_id = products.category_id
