with documents as (
    select
        _account_id,
        order_id,
        max(value) as document
    from {{source "shopify" "order_custom_attributes"}}
    where lower(`key`) regexp 'cpf|cnpj|documento'
    group by _account_id, order_id
),

codes as (
    select
        _account_id,
        order_id,
        {{listagg "code" delimiter="," order_by="_position"}} as coupon_codes
    from {{source "shopify" "order_discount_applications"}}
    where code is not null
    group by _account_id, order_id
),

line_totals as (
    select
        _account_id,
        order_id,
        sum(original_total) as original_total
    from {{source "shopify" "order_line_items"}}
    group by _account_id, order_id
),

line_discounts as (
    select
        _account_id,
        order_id,
        sum(allocated_amount) as allocated_amount
    from {{source "shopify" "order_discount_allocations"}}
    group by _account_id, order_id
),

payments as (
    select
        _account_id,
        order_id,
        min(processed_at) as paid_at
    from {{source "shopify" "transactions"}}
    where kind in ('SALE', 'CAPTURE')
        and status = 'SUCCESS'
    group by _account_id, order_id
),

orders as (
    select
        orders.*,
        documents.document,
        codes.coupon_codes,
        payments.paid_at,
        cast(orders.payment_gateways as char(1000)) as gateways,
        case when orders.taxes_included then 0 else coalesce(orders.total_tax, 0) end as tax_on_top,
        coalesce(line_totals.original_total, 0) - coalesce(line_discounts.allocated_amount, 0) as discounted_lines,
        -- Payments are read on their own: an order is as new as the newer of both.
        greatest(orders._synced_at, coalesce(transactions._synced_at, orders._synced_at)) as synced_at
    from {{source "shopify" "orders"}} as orders
    left join documents
        on documents._account_id = orders._account_id
        and documents.order_id = orders.id
    left join codes
        on codes._account_id = orders._account_id
        and codes.order_id = orders.id
    left join line_totals
        on line_totals._account_id = orders._account_id
        and line_totals.order_id = orders.id
    left join line_discounts
        on line_discounts._account_id = orders._account_id
        and line_discounts.order_id = orders.id
    left join payments
        on payments._account_id = orders._account_id
        and payments.order_id = orders.id
    left join {{source "shopify" "order_transactions"}} as transactions
        on transactions._account_id = orders._account_id
        and transactions.id = orders.id
)

select
    'shopify' as platform,
    cast(_account_id as char(150)) as store_id,
    substring_index(id, '/', -1) as external_order_id,
    name as order_number,
    substring_index(customer_id, '/', -1) as external_customer_id,
    {{email_hash "email"}} as email_hash,
    {{phone_hash "phone"}} as phone_hash,
    {{document_hash "document"}} as document_hash,
    coalesce(processed_at, created_at) as created_at,
    updated_at,
    paid_at,
    cancelled_at,
    case
        when financial_status in ('AUTHORIZED', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED', 'EXPIRED')
            then lower(financial_status)
        else 'pending'
    end as payment_status,
    case
        when cancelled_at is not null then 'cancelled'
        when closed_at is not null then 'closed'
        else 'open'
    end as order_status,
    coalesce(is_test, 0) as is_test,
    case
        when source_name = 'pos' then 'pos'
        when source_name like '%draft%' then 'form'
        when source_name is null or source_name in ('web', 'checkout_one') then 'store'
        else 'api'
    end as sales_channel,
    {{payment_method "gateways"}} as payment_method,
    1 as installments,
    currency,
    -- Discounts of lines are taken off there; what else lowers the total is a discount of the order or its shipping.
    round(greatest(discounted_lines + total_shipping_price + tax_on_top - total_price, 0), 2) as order_discount,
    round(total_shipping_price, 2) as shipping_revenue,
    cast(0 as decimal(18,2)) as shipping_cost,
    cast(0 as decimal(18,2)) as payment_fee,
    round(greatest(total_price - discounted_lines - total_shipping_price, tax_on_top), 2) as tax,
    round(total_price, 2) as platform_total,
    coupon_codes,
    left(last_visit_landing_page, 2000) as landing_site,
    left(last_visit_referrer, 2000) as referrer,
    last_visit_utm_source as utm_source,
    last_visit_utm_medium as utm_medium,
    last_visit_utm_campaign as utm_campaign,
    last_visit_utm_content as utm_content,
    last_visit_utm_term as utm_term,
    shipping_city as city,
    shipping_province_code as state,
    synced_at,
    _deleted_at is not null as is_deleted
from orders
