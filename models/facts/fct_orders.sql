{{config
    materialized="incremental"
    unique_key="order_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
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

-- Freight and gift cards that are given back are no returned sales.
with refunds_of_order as (
    select
        refunds.order_id,
        sum(refunds.amount) as refunded_amount,
        sum(case when refunds.is_shipping = 1 or items.is_gift_card = 1 then 0 else refunds.amount end) as returns
    from {{ref "int_refunds"}} as refunds
    left join {{ref "int_order_items"}} as items
        on items.order_item_id = refunds.order_item_id
    group by refunds.order_id
),

{{#if (is_incremental)}}
-- An order changes with its record and its lines, with its refunds, with the person it belongs to, and when the time
-- to pay is over. What depends on a rate may always have changed.
changed_orders as (
    select
        orders.order_id,
        records.customer_id,
        previous.customer_id as stored_customer_id
    from {{ref "int_orders"}} as orders
    inner join {{ref "int_customer_records"}} as records
        on records.record_key = orders.record_key
    left join refunds_of_order
        on refunds_of_order.order_id = orders.order_id
    left join {{this}} as previous
        on previous.order_id = orders.order_id
    where orders.currency <> '{{client.currency}}'
        or coalesce(previous.synced_at <> orders.synced_at, true)
        or not (
            previous.customer_id <=> records.customer_id
            and previous.is_payment_expired <=> {{payment_expired alias="orders"}}
            and previous.revenue_date <=> {{revenue_date "orders"}}
            and previous.refunded_amount <=> orders.is_valid * coalesce(refunds_of_order.refunded_amount, 0)
            and previous.returns <=> orders.is_valid * coalesce(refunds_of_order.returns, 0)
        )
    {{#if (in "shopify" (var "ecommerce"))}}
    union all
    -- Shopify's lines cost what their variants cost today.
    select previous.order_id, previous.customer_id, previous.customer_id as stored_customer_id
    from (
        select order_id, sum(cogs) as cogs
        from {{ref "int_order_items"}}
        where platform = 'shopify'
        group by order_id
    ) as lines_of_shopify
    inner join {{this}} as previous
        on previous.order_id = lines_of_shopify.order_id
    where not (previous.cogs <=> previous.is_valid * lines_of_shopify.cogs)
    {{/if}}
    union all
    select previous.order_id, previous.customer_id, previous.customer_id as stored_customer_id
    from {{this}} as previous
    left join {{ref "int_orders"}} as orders
        on orders.order_id = previous.order_id
    where orders.order_id is null
),

-- The place of an order in its person's history depends on all orders of the person: they are made again together.
changed_customers as (
    select distinct case when sides.is_now = 1 then changed.customer_id else changed.stored_customer_id end as customer_id
    from changed_orders as changed
    cross join (select 1 as is_now union all select 0 as is_now) as sides
),

orders_to_make as (
    select orders.order_id
    from changed_customers
    inner join {{ref "int_customer_records"}} as records
        on records.customer_id = changed_customers.customer_id
    inner join {{ref "int_orders"}} as orders
        on orders.record_key = records.record_key
),
{{/if}}

lines_of_order as (
    select
        items.order_id,
        count(*) as items_count,
        sum(items.quantity) as units,
        sum(case when items.is_gift_card = 0 then items.gross_amount else 0 end) as gross_sales,
        sum(case when items.is_gift_card = 1 then items.gross_amount else 0 end) as gift_card_sales,
        sum(items.line_discount) as line_discounts,
        sum(items.cogs) as cogs
    from {{ref "int_order_items"}} as items
    {{#if (is_incremental)}}
    inner join orders_to_make
        on orders_to_make.order_id = items.order_id
    {{/if}}
    group by items.order_id
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
    {{#if (is_incremental)}}
    inner join orders_to_make
        on orders_to_make.order_id = orders.order_id
    {{/if}}
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
    {{payment_expired alias="orders"}} as is_payment_expired,
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
    orders.state,
    orders.synced_at
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from laddered as orders
left join valid_sequence
    on valid_sequence.order_id = orders.order_id
{{#if (is_incremental)}}
union all
{{gone_rows table=this parent=(ref "int_orders") keys=(list "order_id")}}
{{/if}}
