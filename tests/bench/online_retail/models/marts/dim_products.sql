{{config materialized="table" primary_key="product_code"}}

with named_lines as (
    select
        product_code,
        product_name,
        quantity,
        line_total,
        row_number() over (
            partition by product_code
            order by product_name is null, ordered_at desc, order_line_id desc
        ) as recency
    from {{ref "int_valid_sales"}}
)

select
    product_code,
    max(case when recency = 1 then product_name end) as product_name,
    sum(quantity) as units_sold,
    sum(line_total) as revenue,
    max(product_code regexp '^[0-9]{5}') as is_product
from named_lines
group by product_code
