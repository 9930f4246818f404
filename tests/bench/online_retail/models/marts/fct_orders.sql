{{config
    materialized="incremental"
    incremental_strategy="merge"
    unique_key="order_id"
    primary_key="order_id"
    indexes=(list (dict columns=(list "customer_id")) (dict columns=(list "order_date")))
}}

select
    order_id,
    max(customer_id) as customer_id,
    max(country_name) as country_name,
    min(ordered_at) as ordered_at,
    min(order_date) as order_date,
    count(*) as line_count,
    sum(quantity) as unit_count,
    sum(line_total) as order_total
from {{ref "int_valid_sales"}}
{{#if (is_incremental)}}
-- an invoice is never edited after its day, so a few days of overlap are plenty
where order_date >= (
    select coalesce(max(order_date), '1900-01-01') from {{this}}
) - interval {{var "lookback_days"}} day
{{/if}}
group by order_id
