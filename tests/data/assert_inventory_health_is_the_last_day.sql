-- Every variant with counted stock on the last day, once, with that day's stock.
with stock_today as (
    select variant_id, available
    from {{ref "fct_inventory_daily"}}
    where inventory_date = {{as_of}}
)

select stock_today.variant_id, stock_today.available, health.available as other_available
from stock_today
left join {{ref "mart_inventory_health"}} as health
    on health.variant_id = stock_today.variant_id
where health.available is null
    or health.available <> stock_today.available
union all
select health.variant_id, stock_today.available, health.available as other_available
from {{ref "mart_inventory_health"}} as health
left join stock_today
    on stock_today.variant_id = health.variant_id
where stock_today.variant_id is null
