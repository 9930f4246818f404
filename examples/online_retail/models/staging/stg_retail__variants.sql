-- The file knows no variants: each product is its own.
select
    {{stage entity="variants" columns=(dict
        platform="platform"
        store_id="store_id"
        external_product_id="external_product_id"
        external_variant_id="external_product_id"
        sku="external_product_id"
    )}}
from {{ref "stg_retail__products"}}
