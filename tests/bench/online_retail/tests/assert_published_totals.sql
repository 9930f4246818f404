-- Totals that papers on this data set publish for valid lines with a customer.
select *
from (
    select
        (select count(*) from {{ref "fct_order_items"}}) as valid_lines,
        (select count(*) from {{ref "fct_orders"}}) as orders,
        (select count(*) from {{ref "dim_customers"}}) as customers,
        (select sum(order_total) from {{ref "fct_orders"}}) as revenue
) as totals
where valid_lines <> 397884
    or orders <> 18532
    or customers <> 4338
    or revenue <> 8911407.904
