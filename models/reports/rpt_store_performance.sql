{{config
    materialized="table"
    primary_key=(list "date_key" "store_key")
}}

-- What was placed on a day, sale or not.
with placed as (
    select
        date_key,
        store_key,
        count(*) as orders_created,
        sum(is_valid = 0 and payment_status = 'pending' and order_status <> 'cancelled') as pending_orders,
        sum(
            case when is_valid = 0 and payment_status = 'pending' and order_status <> 'cancelled' then total_amount else 0 end
        ) as pending_revenue,
        sum(order_status = 'cancelled') as cancelled_orders
    from {{ref "fct_orders"}}
    group by date_key, store_key
),

-- Sales, on the day that their revenue belongs to.
sales as (
    select
        revenue_date_key as date_key,
        store_key,
        sum(is_valid) as orders,
        sum(is_new_customer) as new_orders,
        sum(is_new_in_store) as new_in_store_orders,
        sum(is_valid * units) as units,
        sum(gross_sales) as gross_sales,
        sum(discounts) as discounts,
        sum(is_valid * total_amount) as revenue,
        sum(refunded_amount) as refunds,
        sum(net_revenue) as net_revenue,
        sum(coalesce(cogs, 0)) as cogs,
        sum(is_valid * shipping_cost) as shipping_cost,
        sum(is_valid * payment_fee) as payment_fee
    from {{ref "fct_orders"}}
    group by revenue_date_key, store_key
),

refunds as (
    select
        refunds.date_key,
        orders.store_key,
        sum(refunds.amount) as refunds_by_refund_date
    from {{ref "fct_refunds"}} as refunds
    inner join {{ref "fct_orders"}} as orders
        on orders.order_id = refunds.order_id
    where refunds.is_valid = 1
    group by refunds.date_key, orders.store_key
),

-- Every store has every day of the daily report, so that its sums over stores are that report.
days as (
    select daily.date_key, daily.full_date, stores.store_key, stores.platform, stores.store_id, stores.store_name
    from {{ref "rpt_daily_performance"}} as daily
    cross join {{ref "dim_stores"}} as stores
)

select
    days.date_key,
    days.full_date,
    days.store_key,
    days.platform,
    days.store_id,
    days.store_name,
    cast(coalesce(placed.orders_created, 0) as signed) as orders_created,
    cast(coalesce(sales.orders, 0) as signed) as orders,
    cast(coalesce(sales.new_orders, 0) as signed) as new_orders,
    cast(coalesce(sales.new_in_store_orders, 0) as signed) as new_in_store_orders,
    cast(coalesce(sales.orders, 0) - coalesce(sales.new_orders, 0) as signed) as returning_orders,
    cast(coalesce(placed.pending_orders, 0) as signed) as pending_orders,
    cast(coalesce(placed.pending_revenue, 0) as decimal(18,2)) as pending_revenue,
    cast(coalesce(placed.cancelled_orders, 0) as signed) as cancelled_orders,
    cast(coalesce(sales.units, 0) as decimal(18,4)) as units,
    cast(coalesce(sales.gross_sales, 0) as decimal(18,2)) as gross_sales,
    cast(coalesce(sales.discounts, 0) as decimal(18,2)) as discounts,
    cast(coalesce(sales.revenue, 0) as decimal(18,2)) as revenue,
    cast(coalesce(sales.refunds, 0) as decimal(18,2)) as refunds,
    cast(coalesce(refunds.refunds_by_refund_date, 0) as decimal(18,2)) as refunds_by_refund_date,
    cast(coalesce(sales.net_revenue, 0) as decimal(18,2)) as net_revenue,
    sales.revenue * 1e0 / nullif(sales.orders, 0) as aov,
    cast(coalesce(sales.cogs, 0) as decimal(18,2)) as cogs,
    cast(coalesce(sales.shipping_cost, 0) as decimal(18,2)) as shipping_cost,
    cast(coalesce(sales.payment_fee, 0) as decimal(18,2)) as payment_fee,
    cast(coalesce(sales.net_revenue - sales.cogs, 0) as decimal(18,2)) as contribution_margin_1,
    cast(
        coalesce(sales.net_revenue - sales.cogs - sales.shipping_cost - sales.payment_fee, 0) as decimal(18,2)
    ) as contribution_margin_2
from days
left join placed
    on placed.date_key = days.date_key
    and placed.store_key = days.store_key
left join sales
    on sales.date_key = days.date_key
    and sales.store_key = days.store_key
left join refunds
    on refunds.date_key = days.date_key
    and refunds.store_key = days.store_key
