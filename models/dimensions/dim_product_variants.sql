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

sold as (
    select
        variant_id,
        product_id,
        external_variant_id,
        platform,
        store_id,
        sku,
        row_number() over (partition by variant_id order by order_id desc, order_item_id) as newest_first
    from {{ref "int_order_items"}}
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
    1 as is_deleted
from sold
left join listed
    on listed.variant_id = sold.variant_id
where sold.newest_first = 1
    and listed.variant_id is null
