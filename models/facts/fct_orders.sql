{{config
    materialized="table"
    column_types=(dict
        date_key="int"
        revenue_date_key="int"
        platform="varchar(50)"
        store_id="varchar(100)"
        external_order_id="varchar(100)"
        fbc="varchar(255)"
        gclid="varchar(255)"
    )
    primary_key="order_id"
    indexes=(list
        (dict columns=(list "customer_id" "order_created_at"))
        (dict columns=(list "date_key"))
        (dict columns=(list "platform" "store_id" "external_order_id") unique=true)
    )
}}

with lines_of_order as (
    select
        order_id,
        count(*) as items_count,
        sum(quantity) as units,
        sum(case when is_gift_card = 0 then gross_amount else 0 end) as gross_sales,
        sum(case when is_gift_card = 1 then gross_amount else 0 end) as gift_card_sales,
        sum(line_discount) as line_discounts,
        sum(cogs) as cogs
    from {{ref "int_order_items"}}
    group by order_id
),

-- Freight and gift cards that are given back are no returned sales.
refunds_of_order as (
    select
        refunds.order_id,
        sum(refunds.amount) as refunded_amount,
        sum(case when refunds.is_shipping = 1 or items.is_gift_card = 1 then 0 else refunds.amount end) as returns
    from {{ref "int_refunds"}} as refunds
    left join {{ref "int_order_items"}} as items
        on items.order_item_id = refunds.order_item_id
    group by refunds.order_id
),

amounts as (
    select
        orders.*,
        records.customer_id,
        coalesce(lines_of_order.items_count, 0) as items_count,
        coalesce(lines_of_order.units, 0) as units,
        coalesce(lines_of_order.gross_sales, 0) as ordered_sales,
        coalesce(lines_of_order.gift_card_sales, 0) as ordered_gift_cards,
        coalesce(lines_of_order.line_discounts, 0) + orders.order_discount as ordered_discounts,
        lines_of_order.cogs as ordered_cogs,
        coalesce(refunds_of_order.refunded_amount, 0) as given_back,
        coalesce(refunds_of_order.returns, 0) as returned
    from {{ref "int_orders"}} as orders
    inner join {{ref "int_customer_records"}} as records
        on records.record_key = orders.record_key
    left join lines_of_order
        on lines_of_order.order_id = orders.order_id
    left join refunds_of_order
        on refunds_of_order.order_id = orders.order_id
),

-- Only valid orders have a place in a person's history.
valid_sequence as (
    select
        order_id,
        row_number() over person_history as customer_order_seq,
        row_number() over (
            partition by customer_id, platform, store_id
            order by order_created_at, order_id
        ) as store_order_seq,
        datediff(order_date, lag(order_date) over person_history) as days_since_previous_order
    from amounts
    where is_valid = 1
    window person_history as (partition by customer_id order by order_created_at, order_id)
),

-- Sales that did not happen are 0; what the buyer was asked for is kept.
laddered as (
    select
        amounts.*,
        ordered_sales + ordered_gift_cards - ordered_discounts + shipping_revenue + tax as total_amount,
        is_valid * ordered_sales as gross_sales,
        is_valid * ordered_gift_cards as gift_card_sales,
        is_valid * ordered_discounts as discounts,
        is_valid * returned as returns,
        is_valid * given_back as refunded_amount,
        is_valid * ordered_cogs as cogs
    from amounts
)

select
    orders.order_id,
    orders.external_order_id,
    orders.order_number,
    orders.platform,
    orders.store_id,
    {{bigint_key (list "orders.platform" "orders.store_id")}} as store_key,
    orders.customer_id,
    orders.order_created_at,
    orders.order_created_local,
    orders.order_date,
    orders.date_key,
    {{revenue_date "orders"}} as revenue_date,
    {{date_key (revenue_date "orders")}} as revenue_date_key,
    orders.updated_at,
    orders.paid_at,
    orders.payment_method,
    orders.installments,
    orders.payment_status,
    orders.order_status,
    orders.is_valid,
    orders.is_test,
    orders.is_payment_expired,
    orders.sales_channel,
    orders.currency,
    orders.fx_rate,
    orders.items_count,
    cast(orders.units as decimal(18,4)) as units,
    cast(orders.gross_sales as decimal(18,2)) as gross_sales,
    cast(orders.gift_card_sales as decimal(18,2)) as gift_card_sales,
    cast(orders.discounts as decimal(18,2)) as discounts,
    orders.shipping_revenue,
    orders.shipping_cost,
    orders.tax,
    cast(orders.total_amount as decimal(18,2)) as total_amount,
    orders.platform_total,
    cast(orders.refunded_amount as decimal(18,2)) as refunded_amount,
    cast(orders.returns as decimal(18,2)) as returns,
    cast(orders.gross_sales - orders.discounts - orders.returns as decimal(18,2)) as net_sales,
    cast(orders.is_valid * orders.total_amount - orders.refunded_amount as decimal(18,2)) as net_revenue,
    cast(orders.cogs as decimal(18,2)) as cogs,
    orders.payment_fee,
    cast(
        orders.is_valid * (orders.total_amount - orders.shipping_cost - orders.payment_fee)
        - orders.refunded_amount
        - coalesce(orders.cogs, 0)
        as decimal(18,2)
    ) as contribution_margin,
    orders.coupon_codes,
    valid_sequence.customer_order_seq,
    case when valid_sequence.customer_order_seq = 1 then 1 else 0 end as is_new_customer,
    case when valid_sequence.store_order_seq = 1 then 1 else 0 end as is_new_in_store,
    valid_sequence.days_since_previous_order,
    -- The form in which Meta takes a click back.
    case
        when orders.fbclid is not null
            then left(concat('fb.1.', cast(unix_timestamp(orders.order_created_at) * 1000 as signed), '.', orders.fbclid), 255)
    end as fbc,
    orders.gclid,
    orders.gbraid,
    orders.wbraid,
    orders.ttclid,
    orders.utm_source,
    orders.utm_medium,
    orders.utm_campaign,
    orders.utm_content,
    orders.utm_term,
    orders.landing_site,
    orders.referrer,
    orders.city,
    orders.state
from laddered as orders
left join valid_sequence
    on valid_sequence.order_id = orders.order_id
