-- Totals that papers on this data set publish for valid lines with a customer.
with sales as (
    select
        orders.order_id,
        orders.customer_id,
        orders.items_count,
        orders.total_amount
    from {{ref "fct_orders"}} as orders
    inner join {{ref "int_customer_records"}} as records
        on records.customer_id = orders.customer_id
    where orders.is_valid = 1
        and records.is_identified = 1
)

select *
from (
    select
        sum(items_count) as valid_lines,
        count(*) as orders,
        count(distinct customer_id) as customers,
        sum(total_amount) as revenue
    from sales
) as totals
where valid_lines <> 397884
    or orders <> 18532
    or customers <> 4338
    -- 8,911,407.904 in cents of each line.
    or revenue <> 8911407.90
