{{config
    materialized="table"
    primary_key="customer_id"
}}

with orders as (
    select
        customer_id,
        order_date,
        {{var "ltv_amount" one_of=(list "net_revenue" "net_sales" "gross_sales" "total_amount" "contribution_margin")}} as amount,
        contribution_margin,
        min(order_date) over (partition by customer_id) as first_order_date
    from {{ref "fct_orders"}}
    where is_valid = 1
        and {{counted_customers}}
)

select
    customer_id,
    min(first_order_date) as first_order_date,
    {{#each (var "ltv_windows") as |days|}}
    cast(
        sum(case when order_date < first_order_date + interval {{days}} day then amount else 0 end)
        as decimal(18,2)
    ) as ltv_{{days}}d,
    min(first_order_date) + interval {{days}} day <= {{as_of}} as is_mature_{{days}}d,
    {{/each}}
    cast(sum(amount) as decimal(18,2)) as historic_ltv,
    cast(sum(contribution_margin) as decimal(18,2)) as gross_margin_ltv
from orders
group by customer_id
