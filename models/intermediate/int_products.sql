{{config
    materialized="table"
    primary_key="product_id"
}}

with staged as (
    {{stack_platforms entity="products" platforms=(var "ecommerce")}}
),

listed as (
    select
        {{bigint_key (list "staged.platform" "staged.store_id" "staged.external_product_id")}} as product_id,
        staged.*
    from staged
),

-- Of its own, so that each side is read once and not for every row of the other.
listed_keys as (
    select distinct product_id
    from listed
),

sold_keys as (
    select distinct product_id
    from {{ref "int_order_items"}}
),

-- Products that only old orders know.
unlisted as (
    select sold_keys.product_id
    from sold_keys
    left join listed_keys
        on listed_keys.product_id = sold_keys.product_id
    where listed_keys.product_id is null
),

sold as (
    select
        items.product_id,
        items.platform,
        items.store_id,
        items.external_product_id,
        items.sku,
        items.product_name,
        row_number() over (partition by items.product_id order by items.order_id desc, items.order_item_id) as newest_first
    from unlisted
    inner join {{ref "int_order_items"}} as items
        on items.product_id = unlisted.product_id
)

select
    product_id,
    platform,
    store_id,
    external_product_id,
    left(product_name, 500) as product_name,
    left(category_level_1, 200) as category_level_1,
    left(category_level_2, 200) as category_level_2,
    left(category_level_3, 200) as category_level_3,
    brand,
    is_active,
    is_deleted,
    created_at
from listed
union all
select
    sold.product_id,
    sold.platform,
    sold.store_id,
    left(coalesce(sold.external_product_id, concat('sku:', sold.sku), concat('name:', sold.product_name), ''), 100) as external_product_id,
    left(sold.product_name, 500) as product_name,
    null as category_level_1,
    null as category_level_2,
    null as category_level_3,
    null as brand,
    0 as is_active,
    1 as is_deleted,
    null as created_at
from sold
where sold.newest_first = 1
