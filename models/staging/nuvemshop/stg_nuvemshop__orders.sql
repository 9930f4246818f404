with coupons as (
    select
        _account_id,
        order_id,
        {{listagg "code" delimiter="," order_by="_position"}} as coupon_codes
    from {{source "nuvemshop" "order_coupons"}}
    group by _account_id, order_id
)

select
    'nuvemshop' as platform,
    cast(orders._account_id as char(150)) as store_id,
    cast(orders.id as char(150)) as external_order_id,
    cast(orders.number as char(150)) as order_number,
    cast(orders.customer_id as char(150)) as external_customer_id,
    {{email_hash "orders.contact_email"}} as email_hash,
    {{phone_hash "orders.contact_phone"}} as phone_hash,
    {{document_hash "orders.contact_identification"}} as document_hash,
    orders.created_at,
    orders.updated_at,
    orders.paid_at,
    orders.cancelled_at,
    case
        when orders.payment_status = 'abandoned' then 'expired'
        when orders.payment_status in ('authorized', 'paid', 'partially_refunded', 'refunded', 'voided')
            then orders.payment_status
        else 'pending'
    end as payment_status,
    case when orders.status in ('closed', 'cancelled') then orders.status else 'open' end as order_status,
    0 as is_test,
    case
        when orders.storefront in ('meli', 'api', 'form', 'pos') then orders.storefront
        else 'store'
    end as sales_channel,
    {{payment_method "orders.payment_method"}} as payment_method,
    coalesce(orders.installments, 1) as installments,
    orders.currency,
    -- Whether `discount` contains the discounts of coupons and gateways is not documented; what is left of the sum is.
    round(greatest(orders.subtotal + orders.shipping_cost_customer - orders.total, 0), 2) as order_discount,
    round(orders.shipping_cost_customer, 2) as shipping_revenue,
    round(coalesce(orders.shipping_cost_owner, 0), 2) as shipping_cost,
    -- No platform tells what a payment cost the shop.
    cast(0 as decimal(18,2)) as payment_fee,
    round(greatest(orders.total - orders.subtotal - orders.shipping_cost_customer, 0), 2) as tax,
    round(orders.total, 2) as platform_total,
    coupons.coupon_codes,
    left(orders.landing_url, 2000) as landing_site,
    cast(null as char(2000)) as referrer,
    left({{url_parameter "orders.landing_url" "utm_source"}}, 500) as utm_source,
    left({{url_parameter "orders.landing_url" "utm_medium"}}, 500) as utm_medium,
    left({{url_parameter "orders.landing_url" "utm_campaign"}}, 500) as utm_campaign,
    left({{url_parameter "orders.landing_url" "utm_content"}}, 500) as utm_content,
    left({{url_parameter "orders.landing_url" "utm_term"}}, 500) as utm_term,
    orders.shipping_city as city,
    orders.shipping_province as state,
    orders._synced_at as synced_at,
    orders._deleted_at is not null as is_deleted
from {{source "nuvemshop" "orders"}} as orders
left join coupons
    on coupons._account_id = orders._account_id
    and coupons.order_id = orders.id
