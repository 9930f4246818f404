with payments as (
    select
        _account_id,
        order_id,
        min(paid_on) as paid_on
    from {{source "tray" "order_payments"}}
    where paid_on is not null
    group by _account_id, order_id
),

orders as (
    select
        orders.*,
        coalesce(orders.paid_on, payments.paid_on) as payment_day,
        coalesce(orders.interest, 0)
        + coalesce(orders.taxes, 0)
        + greatest(coalesce(orders.payment_method_rate, 0), 0) as charges
    from {{source "tray" "orders"}} as orders
    left join payments
        on payments._account_id = orders._account_id
        and payments.order_id = orders.id
)

select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_order_id,
    cast(id as char(150)) as order_number,
    cast(customer_id as char(150)) as external_customer_id,
    {{email_hash "customer_email"}} as email_hash,
    {{phone_hash "coalesce(customer_cellphone, customer_phone)"}} as phone_hash,
    coalesce({{document_hash "customer_cpf"}}, {{document_hash "customer_cnpj"}}) as document_hash,
    placed_at as created_at,
    modified_at as updated_at,
    -- A day in Brasília, three hours behind UTC; nothing is paid before it is ordered.
    greatest(cast(payment_day as datetime(6)) + interval 3 hour, placed_at) as paid_at,
    case when status_type = 'canceled' then modified_at end as cancelled_at,
    -- Names of statuses are the store's own; `estornado` and `reembolsado` are Tray's words for money given back.
    case
        when lower(status) like '%estorn%' or lower(status) like '%reembols%' then 'refunded'
        when has_payment = 1 or payment_day is not null then 'paid'
        else 'pending'
    end as payment_status,
    case
        when status_type = 'canceled' then 'cancelled'
        when status_type = 'closed' then 'closed'
        else 'open'
    end as order_status,
    0 as is_test,
    case when upper(coalesce(point_sale, 'LOJA VIRTUAL')) like 'LOJA%' then 'store' else 'meli' end as sales_channel,
    {{payment_method "coalesce(payment_method_type, payment_method)"}} as payment_method,
    coalesce(installments, 1) as installments,
    'BRL' as currency,
    round(greatest(partial_total + shipment_value + charges - total, 0), 2) as order_discount,
    round(shipment_value, 2) as shipping_revenue,
    cast(0 as decimal(18,2)) as shipping_cost,
    cast(0 as decimal(18,2)) as payment_fee,
    round(greatest(total - partial_total - shipment_value, charges), 2) as tax,
    round(total, 2) as platform_total,
    coupon_code as coupon_codes,
    cast(null as char(2000)) as landing_site,
    cast(null as char(2000)) as referrer,
    cast(null as char(500)) as utm_source,
    cast(null as char(500)) as utm_medium,
    cast(null as char(500)) as utm_campaign,
    cast(null as char(500)) as utm_content,
    cast(null as char(500)) as utm_term,
    customer_city as city,
    customer_state as state,
    _synced_at as synced_at,
    _deleted_at is not null as is_deleted
from orders
