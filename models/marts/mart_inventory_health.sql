{{config
    materialized="table"
    primary_key="variant_id"
}}

with stock_today as (
    select
        variant_id,
        product_id,
        on_hand,
        available,
        is_out_of_stock,
        stock_value
    from {{ref "fct_inventory_daily"}}
    where inventory_date = {{as_of}}
),

-- Days before the first build are not known; they count as days with stock.
days_without_stock as (
    select
        variant_id,
        sum(is_out_of_stock) as days_out_of_stock
    from {{ref "fct_inventory_daily"}}
    where inventory_date > {{as_of}} - interval 28 day
        and inventory_date <= {{as_of}}
    group by variant_id
),

-- What was asked for, also when it came back later.
sales as (
    select
        items.variant_id,
        sum(items.quantity) as units,
        sum(items.net_amount) as net_amount
    from {{ref "fct_order_items"}} as items
    inner join {{ref "fct_orders"}} as orders
        on orders.order_id = items.order_id
    where orders.is_valid = 1
        and orders.order_date > {{as_of}} - interval 28 day
        and orders.order_date <= {{as_of}}
    group by items.variant_id
),

rates as (
    select
        stock_today.*,
        coalesce(sales.units, 0) as units,
        coalesce(days_without_stock.days_out_of_stock, 0) as days_out_of_stock,
        sales.net_amount * 1e0 / nullif(sales.units, 0) as net_amount_per_unit,
        -- A day without stock sells nothing and says nothing of what is asked for.
        coalesce(sales.units, 0) * 1e0 / nullif(28 - coalesce(days_without_stock.days_out_of_stock, 0), 0) as avg_daily_units
    from stock_today
    left join days_without_stock
        on days_without_stock.variant_id = stock_today.variant_id
    left join sales
        on sales.variant_id = stock_today.variant_id
)

select
    rates.variant_id,
    rates.product_id,
    rates.on_hand,
    rates.available,
    rates.is_out_of_stock,
    rates.stock_value,
    cast(rates.units as decimal(18,4)) as units_28d,
    cast(rates.days_out_of_stock as signed) as days_out_of_stock_28d,
    rates.avg_daily_units,
    greatest(rates.available, 0) / nullif(rates.avg_daily_units, 0) as days_of_cover,
    rates.units * 1e0 / nullif(rates.units + greatest(rates.available, 0), 0) as sell_through_28d,
    rates.avg_daily_units * rates.days_out_of_stock as lost_units_estimate,
    cast(
        coalesce(rates.avg_daily_units * rates.days_out_of_stock * rates.net_amount_per_unit, 0) as decimal(18,2)
    ) as lost_sales_estimate,
    coalesce(abc.abc_classification, 'C') as abc_classification
from rates
left join {{ref "mart_product_abc"}} as abc
    on abc.product_id = rates.product_id
