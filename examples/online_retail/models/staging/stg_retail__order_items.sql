select
    {{stage entity="order_items" columns=(dict
        platform="'retail'"
        store_id="'uk'"
        external_order_id="invoice_no"
        external_item_id="line_number"
        line_number="line_number"
        external_product_id="stock_code"
        external_variant_id="stock_code"
        sku="stock_code"
        product_name="description"
        quantity="quantity"
        unit_price="unit_price"
    )}}
from {{ref "stg_retail__sold_lines"}}
