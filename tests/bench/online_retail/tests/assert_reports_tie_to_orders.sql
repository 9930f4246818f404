-- Every report adds up to the orders, to the thousandth of a pound.
select *
from (
    select
        (select sum(order_total) from {{ref "fct_orders"}}) as orders,
        (select sum(line_total) from {{ref "fct_order_items"}}) as items,
        (select sum(revenue) from {{ref "rpt_monthly_sales"}}) as months,
        (select sum(revenue) from {{ref "rpt_country_sales"}}) as countries,
        (select sum(revenue) from {{ref "dim_products"}}) as products
) as totals
where orders <> items
    or orders <> months
    or orders <> countries
    or orders <> products
