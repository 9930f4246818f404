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

sold as (
    select
        product_id,
        platform,
        store_id,
        external_product_id,
        sku,
        product_name,
        row_number() over (partition by product_id order by order_id desc, order_item_id) as newest_first
    from {{ref "int_order_items"}}
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
-- Products that only old orders know.
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
left join listed
    on listed.product_id = sold.product_id
where sold.newest_first = 1
    and listed.product_id is null
