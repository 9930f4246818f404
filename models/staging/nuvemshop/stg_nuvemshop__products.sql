-- A product may stand in several categories: the one with the smallest id is taken, with those above it.
with product_category as (
    select
        _account_id,
        product_id,
        min(category_id) as category_id
    from {{source "nuvemshop" "product_categories"}}
    group by _account_id, product_id
)

select
    'nuvemshop' as platform,
    cast(products._account_id as char(150)) as store_id,
    cast(products.id as char(150)) as external_product_id,
    products.name as product_name,
    coalesce(grandparent.name, parent.name, category.name) as category_level_1,
    case
        when grandparent.id is not null then parent.name
        when parent.id is not null then category.name
    end as category_level_2,
    case when grandparent.id is not null then category.name end as category_level_3,
    products.brand,
    coalesce(products.is_published, 0) as is_active,
    products._deleted_at is not null as is_deleted,
    products.created_at
from {{source "nuvemshop" "products"}} as products
left join product_category
    on product_category._account_id = products._account_id
    and product_category.product_id = products.id
left join {{source "nuvemshop" "categories"}} as category
    on category._account_id = product_category._account_id
    and category.id = product_category.category_id
left join {{source "nuvemshop" "categories"}} as parent
    on parent._account_id = category._account_id
    and parent.id = category.parent_id
left join {{source "nuvemshop" "categories"}} as grandparent
    on grandparent._account_id = parent._account_id
    and grandparent.id = parent.parent_id
