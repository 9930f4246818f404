{{config materialized="table" primary_key="order_line_id" indexes=(list (dict columns=(list "order_id")) (dict columns=(list "customer_id")) (dict columns=(list "product_code")))}}

select
    order_line_id,
    order_id,
    customer_id,
    product_code,
    order_date,
    quantity,
    unit_price,
    line_total,
    is_product
from {{ref "int_valid_sales"}}
