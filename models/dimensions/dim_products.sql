{{config
    materialized="table"
    column_types=(dict
        external_product_id="varchar(100)"
        sku="varchar(100)"
        product_name="varchar(500)"
        category_level_1="varchar(200)"
        abc_classification="char(1)"
    )
    primary_key="product_id"
}}

with variants as (
    select
        product_id,
        min(sku) as sku,
        min(current_price) as current_price,
        min(compare_at_price) as compare_at_price,
        min(unit_cost) as unit_cost,
        sum(stock) as stock
    from {{ref "dim_product_variants"}}
    where is_deleted = 0
    group by product_id
),

sales as (
    select
        items.product_id,
        min(orders.order_date) as first_sold_on,
        max(orders.order_date) as last_sold_on,
        min(items.sku) as sku
    from {{ref "fct_order_items"}} as items
    inner join {{ref "fct_orders"}} as orders
        on orders.order_id = items.order_id
    where orders.is_valid = 1
    group by items.product_id
)

select
    products.product_id,
    products.external_product_id,
    products.platform,
    products.store_id,
    left(coalesce(variants.sku, sales.sku), 100) as sku,
    products.product_name,
    products.category_level_1,
    products.category_level_2,
    products.category_level_3,
    products.brand,
    variants.current_price,
    variants.compare_at_price,
    variants.unit_cost,
    variants.stock,
    products.is_active,
    products.is_deleted,
    sales.first_sold_on,
    sales.last_sold_on,
    coalesce(abc.abc_classification, 'C') as abc_classification
from {{ref "int_products"}} as products
left join variants
    on variants.product_id = products.product_id
left join sales
    on sales.product_id = products.product_id
left join {{ref "mart_product_abc"}} as abc
    on abc.product_id = products.product_id
