{{config
    materialized="table"
    primary_key="customer_id"
}}

with orders as (
    select
        orders.*,
        min(order_date) over (partition by customer_id) as first_order_date
    from {{ref "fct_orders"}} as orders
    where is_valid = 1
        and {{counted_customers}}
)

select
    customer_id,
    min(first_order_date) as first_order_date,
    {{#each (var "ltv_windows") as |days|}}
    cast(
        sum(case when order_date < first_order_date + interval {{days}} day then {{var "ltv_amount"}} else 0 end)
        as decimal(18,2)
    ) as ltv_{{days}}d,
    min(first_order_date) + interval {{days}} day <= {{as_of}} as is_mature_{{days}}d,
    {{/each}}
    cast(sum({{var "ltv_amount"}}) as decimal(18,2)) as historic_ltv,
    cast(sum(contribution_margin) as decimal(18,2)) as gross_margin_ltv
from orders
group by customer_id
