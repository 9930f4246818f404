-- A product is called what it was called last.
with names as (
    select
        stock_code,
        description,
        row_number() over (
            partition by stock_code
            order by description is null, invoiced_at desc, line_number desc
        ) as newest_first
    from {{ref "stg_retail__sold_lines"}}
)

select
    {{stage entity="products" columns=(dict
        platform="'retail'"
        store_id="'uk'"
        external_product_id="stock_code"
        product_name="description"
        is_active="1"
    )}}
from names
where newest_first = 1
