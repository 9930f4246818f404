-- An invoice is an order. It has one customer, or none, and one country.
with invoices as (
    select
        invoice_no,
        max(customer_id) as customer_id,
        max(country) as country,
        min(invoiced_at) as invoiced_at,
        sum(round(quantity * unit_price, 2)) as total
    from {{ref "stg_retail__sold_lines"}}
    group by invoice_no
)

select
    {{stage entity="orders" columns=(dict
        platform="'retail'"
        store_id="'uk'"
        external_order_id="invoice_no"
        order_number="invoice_no"
        external_customer_id="customer_id"
        created_at="invoiced_at"
        updated_at="invoiced_at"
        paid_at="invoiced_at"
        payment_status="'paid'"
        order_status="'closed'"
        sales_channel="'store'"
        payment_method="'other'"
        installments="1"
        currency="'GBP'"
        platform_total="total"
        state="country"
    )}}
from invoices
