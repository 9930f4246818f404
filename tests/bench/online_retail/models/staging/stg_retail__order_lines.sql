{{config materialized="table" primary_key="order_line_id" indexes=(list (dict columns=(list "order_id")) (dict columns=(list "product_code")))}}

with source_lines as (
    select
        _source_line as order_line_id,
        invoice_no as order_id,
        upper(stock_code) as product_code,
        nullif(trim(description), '') as product_name,
        quantity,
        unit_price,
        invoice_date as ordered_at,
        customer_id,
        country as country_name,
        invoice_no like 'C%' as is_cancellation
    from {{source "retail" "order_lines"}}
)

select
    order_line_id,
    order_id,
    product_code,
    product_name,
    quantity,
    unit_price,
    cast(quantity * unit_price as decimal(16, 3)) as line_total,
    ordered_at,
    cast(ordered_at as date) as order_date,
    customer_id,
    country_name,
    is_cancellation,
    -- postage, fees, manual corrections and vouchers have codes that do not start with five digits
    product_code regexp '^[0-9]{5}' as is_product,
    (
        not is_cancellation
        and quantity > 0
        and unit_price > 0
        and customer_id is not null
    ) as is_valid_sale
from source_lines
