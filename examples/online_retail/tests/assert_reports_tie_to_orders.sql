-- Every report adds up to the orders, to the penny.
select *
from (
    select
        (select sum(net_revenue) from {{ref "fct_orders"}}) as orders,
        (select sum(net_after_refunds) from {{ref "fct_order_items"}}) as items,
        (select sum(revenue) from {{ref "rpt_monthly_sales"}}) as months,
        (select sum(revenue) from {{ref "rpt_country_sales"}}) as countries,
        (select sum(revenue) from {{ref "mart_product_abc"}}) as products
) as totals
where orders <> items
    or orders <> months
    or orders <> countries
    or orders <> products
