{{config severity="warn"}}

-- Two products of a store under one SKU are one article to its stock and two to reports.
select
    platform,
    store_id,
    sku,
    count(distinct product_id) as products
from {{ref "dim_product_variants"}}
where sku <> ''
    and is_deleted = 0
group by platform, store_id, sku
having count(distinct product_id) > 1
