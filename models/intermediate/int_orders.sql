{{config
    materialized="incremental"
    unique_key="order_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="order_id"
    column_types=(dict record_key="varchar(191)")
    indexes=(list
        (dict columns=(list "record_key"))
        (dict columns=(list "order_number"))
        (dict columns=(list "external_order_id"))
        (dict columns=(list "platform" "store_id" "external_order_id") unique=true)
        (dict columns=(list "synced_at"))
        (dict columns=(list "order_date"))
    )
}}

with
{{#if (is_incremental)}}
known as (
    select
        coalesce(max(synced_at), cast('1970-01-01' as datetime(6)))
            - interval {{lookup (var "etl") "lookback_days"}} day as synced_from,
        coalesce(max(order_date), cast('1970-01-01' as date)) as last_date
    from {{this}}
),

-- Read again: what was synced lately or does not say when, the days that `as_of` left out until now, and what
-- depends on a rate. Asked of each platform, before anything of the other orders is worked out.
staged as (
    {{stack_platforms entity="orders" platforms=(var "ecommerce") where=(concat
        "synced_at is null"
        " or synced_at >= (select synced_from from known)"
        " or " (local_time "created_at") " >= (select last_date from known)"
        " or currency <> '" client.currency "'"
    )}}
),
{{else}}
staged as (
    {{stack_platforms entity="orders" platforms=(var "ecommerce")}}
),
{{/if}}

with_local_time as (
    select
        staged.*,
        {{local_time "staged.created_at"}} as order_created_local
    from staged
),

with_rate as (
    select
        orders.*,
        cast(orders.order_created_local as date) as order_date,
        {{fx_rate "orders.currency" "cast(orders.order_created_local as date)"}} as fx_rate,
        coalesce(orders.is_deleted, 0) = 1 or orders.order_created_local >= {{as_of}} + interval 1 day as is_gone
    from with_local_time as orders
)

select
    {{bigint_key (list "orders.platform" "orders.store_id" "orders.external_order_id")}} as order_id,
    orders.platform,
    orders.store_id,
    orders.external_order_id,
    orders.order_number,
    -- An order without an account is a person of its own until an identifier says otherwise.
    {{record_key
        "orders.platform"
        "orders.store_id"
        "coalesce(orders.external_customer_id, concat('order:', orders.external_order_id))"
    }} as record_key,
    orders.external_customer_id,
    orders.email_hash,
    orders.phone_hash,
    orders.document_hash,
    orders.created_at as order_created_at,
    orders.order_created_local,
    orders.order_date,
    {{date_key "orders.order_date"}} as date_key,
    orders.updated_at,
    orders.paid_at,
    orders.cancelled_at,
    orders.payment_method,
    orders.installments,
    orders.payment_status,
    orders.order_status,
    orders.is_test,
    case
        when orders.payment_status in ('paid', 'partially_refunded', 'refunded')
            and orders.order_status <> 'cancelled'
            and orders.is_test = 0
            then 1
        else 0
    end as is_valid,
    orders.sales_channel,
    orders.currency,
    orders.fx_rate,
    cast(round(orders.order_discount * orders.fx_rate, 2) as decimal(18,2)) as order_discount,
    cast(round(orders.shipping_revenue * orders.fx_rate, 2) as decimal(18,2)) as shipping_revenue,
    cast(round(orders.shipping_cost * orders.fx_rate, 2) as decimal(18,2)) as shipping_cost,
    cast(round(orders.payment_fee * orders.fx_rate, 2) as decimal(18,2)) as payment_fee,
    cast(round(orders.tax * orders.fx_rate, 2) as decimal(18,2)) as tax,
    cast(round(orders.platform_total * orders.fx_rate, 2) as decimal(18,2)) as platform_total,
    orders.coupon_codes,
    orders.landing_site,
    orders.referrer,
    orders.utm_source,
    orders.utm_medium,
    orders.utm_campaign,
    orders.utm_content,
    orders.utm_term,
    left({{url_parameter "orders.landing_site" "gclid"}}, 255) as gclid,
    left({{url_parameter "orders.landing_site" "gbraid"}}, 255) as gbraid,
    left({{url_parameter "orders.landing_site" "wbraid"}}, 255) as wbraid,
    left({{url_parameter "orders.landing_site" "fbclid"}}, 255) as fbclid,
    left({{url_parameter "orders.landing_site" "ttclid"}}, 255) as ttclid,
    orders.city,
    orders.state,
    orders.synced_at
    {{#if (is_incremental)}}
    , orders.is_gone
from with_rate as orders
left join {{this}} as previous
    on previous.platform = orders.platform
    and previous.store_id = orders.store_id
    and previous.external_order_id = orders.external_order_id
where orders.is_gone = 1
    or previous.order_id is null
    or coalesce(previous.synced_at <> orders.synced_at, true)
    or orders.currency <> '{{client.currency}}'
union all
-- Orders of days that `as_of` leaves out again.
select previous.*, 1 as is_gone
from {{this}} as previous
where previous.order_date > {{as_of}}
    {{else}}
from with_rate as orders
where orders.is_gone = 0
    {{/if}}
