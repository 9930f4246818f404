{{config
    materialized="table"
    primary_key="variant_id"
    indexes=(list (dict columns=(list "product_id")))
}}

with staged as (
    {{stack_platforms entity="variants" platforms=(var "ecommerce")}}
),

listed as (
    select
        {{bigint_key (list (bigint_key (list "platform" "store_id" "external_product_id")) "external_variant_id")}} as variant_id,
        {{bigint_key (list "platform" "store_id" "external_product_id")}} as product_id,
        staged.*
    from staged
),

-- Of its own, so that it is read once and not for every line.
listed_keys as (
    select distinct variant_id
    from listed
),

-- Variants that only old orders know.
sold as (
    select
        items.variant_id,
        items.product_id,
        items.external_variant_id,
        items.platform,
        items.store_id,
        items.sku,
        row_number() over (partition by items.variant_id order by items.order_id desc, items.order_item_id) as newest_first
    from {{ref "int_order_items"}} as items
    left join listed_keys
        on listed_keys.variant_id = items.variant_id
    where listed_keys.variant_id is null
)

select
    variant_id,
    product_id,
    external_variant_id,
    platform,
    store_id,
    sku,
    variant_name,
    price as current_price,
    compare_at_price,
    unit_cost,
    stock,
    coalesce(on_hand, stock) as on_hand,
    is_deleted
from listed
union all
select
    sold.variant_id,
    sold.product_id,
    sold.external_variant_id,
    sold.platform,
    sold.store_id,
    sold.sku,
    null as variant_name,
    null as current_price,
    null as compare_at_price,
    null as unit_cost,
    null as stock,
    null as on_hand,
    1 as is_deleted
from sold
where sold.newest_first = 1
