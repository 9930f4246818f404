{{config
    materialized="table"
    primary_key="date_key"
}}

-- What was placed on a day, sale or not.
with placed as (
    select
        date_key,
        count(*) as orders_created,
        sum(case when is_valid = 0 and payment_status = 'pending' and order_status <> 'cancelled' then 1 else 0 end) as pending_orders,
        sum(case when is_valid = 0 and payment_status = 'pending' and order_status <> 'cancelled' then total_amount else 0 end) as pending_revenue,
        sum(case when order_status = 'cancelled' then 1 else 0 end) as cancelled_orders
    from {{ref "fct_orders"}}
    group by date_key
),

-- Sales, on the day that their revenue belongs to.
orders as (
    select
        revenue_date_key as date_key,
        sum(is_valid) as orders,
        sum(is_new_customer) as new_orders,
        sum(is_valid * units) as units,
        sum(gross_sales) as gross_sales,
        sum(discounts) as discounts,
        sum(is_valid * total_amount) as revenue,
        sum(is_new_customer * total_amount) as new_revenue,
        sum(refunded_amount) as refunds,
        sum(net_revenue) as net_revenue,
        sum(coalesce(cogs, 0)) as cogs,
        sum(is_valid * shipping_cost) as shipping_cost,
        sum(is_valid * payment_fee) as payment_fee
    from {{ref "fct_orders"}}
    group by revenue_date_key
),

refunds as (
    select
        date_key,
        sum(amount) as refunds_by_refund_date
    from {{ref "fct_refunds"}}
    where is_valid = 1
    group by date_key
),

ads as (
    select
        date_key,
        sum(spend) as spend,
        sum(impressions) as impressions,
        sum(clicks) as clicks
    from {{ref "fct_ad_spend"}}
    group by date_key
),

session_days as (
    select
        date_key,
        count(*) as sessions
    from {{ref "fct_sessions"}}
    group by date_key
),

active_days as (
    select date_key from placed
    union
    select date_key from orders
    union
    select date_key from refunds
    union
    select date_key from ads
    union
    select date_key from session_days
),

-- Every day from the first with anything to `as_of`, those with spend and no order too.
days as (
    select date_key, full_date
    from {{ref "dim_dates"}}
    where date_key >= (select min(date_key) from active_days)
        and full_date <= {{as_of}}
),

summed as (
    select
        days.date_key,
        days.full_date,
        coalesce(placed.orders_created, 0) as orders_created,
        coalesce(orders.orders, 0) as orders,
        coalesce(orders.new_orders, 0) as new_orders,
        coalesce(orders.orders, 0) - coalesce(orders.new_orders, 0) as returning_orders,
        coalesce(placed.pending_orders, 0) as pending_orders,
        coalesce(placed.pending_revenue, 0) as pending_revenue,
        coalesce(placed.cancelled_orders, 0) as cancelled_orders,
        coalesce(orders.units, 0) as units,
        coalesce(orders.gross_sales, 0) as gross_sales,
        coalesce(orders.discounts, 0) as discounts,
        coalesce(orders.revenue, 0) as revenue,
        coalesce(orders.new_revenue, 0) as new_revenue,
        coalesce(orders.refunds, 0) as refunds,
        coalesce(refunds.refunds_by_refund_date, 0) as refunds_by_refund_date,
        coalesce(orders.net_revenue, 0) as net_revenue,
        coalesce(session_days.sessions, 0) as sessions,
        coalesce(ads.spend, 0) as spend,
        coalesce(ads.impressions, 0) as impressions,
        coalesce(ads.clicks, 0) as clicks,
        coalesce(orders.cogs, 0) as cogs,
        coalesce(orders.shipping_cost, 0) as shipping_cost,
        coalesce(orders.payment_fee, 0) as payment_fee
    from days
    left join placed
        on placed.date_key = days.date_key
    left join orders
        on orders.date_key = days.date_key
    left join refunds
        on refunds.date_key = days.date_key
    left join session_days
        on session_days.date_key = days.date_key
    left join ads
        on ads.date_key = days.date_key
)

select
    date_key,
    full_date,
    cast(orders_created as signed) as orders_created,
    cast(orders as signed) as orders,
    cast(new_orders as signed) as new_orders,
    cast(returning_orders as signed) as returning_orders,
    cast(pending_orders as signed) as pending_orders,
    cast(pending_revenue as decimal(18,2)) as pending_revenue,
    cast(cancelled_orders as signed) as cancelled_orders,
    cast(units as decimal(18,4)) as units,
    cast(gross_sales as decimal(18,2)) as gross_sales,
    cast(discounts as decimal(18,2)) as discounts,
    cast(revenue as decimal(18,2)) as revenue,
    cast(new_revenue as decimal(18,2)) as new_revenue,
    cast(refunds as decimal(18,2)) as refunds,
    cast(refunds_by_refund_date as decimal(18,2)) as refunds_by_refund_date,
    cast(net_revenue as decimal(18,2)) as net_revenue,
    revenue * 1e0 / nullif(orders, 0) as aov,
    cast(sessions as signed) as sessions,
    orders * 1e0 / nullif(sessions, 0) as conversion_rate,
    cast(spend as decimal(18,2)) as spend,
    cast(impressions as signed) as impressions,
    cast(clicks as signed) as clicks,
    spend * 1e0 / nullif(clicks, 0) as cpc,
    spend * 1e3 / nullif(impressions, 0) as cpm,
    clicks * 1e0 / nullif(impressions, 0) as ctr,
    revenue * 1e0 / nullif(spend, 0) as roas_blended,
    new_revenue * 1e0 / nullif(spend, 0) as new_customer_mer,
    spend * 1e0 / nullif(new_orders, 0) as cac_blended,
    cast(cogs as decimal(18,2)) as cogs,
    cast(shipping_cost as decimal(18,2)) as shipping_cost,
    cast(payment_fee as decimal(18,2)) as payment_fee,
    cast(net_revenue - cogs as decimal(18,2)) as contribution_margin_1,
    cast(net_revenue - cogs - shipping_cost - payment_fee as decimal(18,2)) as contribution_margin_2,
    cast(net_revenue - cogs - shipping_cost - payment_fee - spend as decimal(18,2)) as contribution_margin_3
from summed
