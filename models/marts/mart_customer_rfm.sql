{{config
    materialized="table"
    primary_key="customer_id"
}}

with history as (
    select
        customer_id,
        datediff({{as_of}}, max(order_date)) as recency_days,
        count(*) as frequency,
        sum({{var "rfm_monetary" one_of=(list "net_revenue" "net_sales" "gross_sales" "total_amount" "contribution_margin")}}) as monetary
    from {{ref "fct_orders"}}
    where is_valid = 1
        and {{counted_customers}}
    group by customer_id
),

{{#if (eq (var "rfm_method" one_of=(list "rank" "ntile" "threshold")) "rank")}}
-- Equal values get equal scores. Whole numbers only, so that no rounding moves a customer over an edge.
ranked as (
    select
        history.*,
        rank() over (order by recency_days desc) - 1 as recency_rank,
        rank() over (order by frequency) - 1 as frequency_rank,
        rank() over (order by monetary) - 1 as monetary_rank,
        greatest(count(*) over () - 1, 1) as last_rank
    from history
),

scored as (
    select
        ranked.*,
        least({{var "rfm_quantiles"}}, 1 + (recency_rank * {{var "rfm_quantiles"}}) div last_rank) as recency_score,
        least({{var "rfm_quantiles"}}, 1 + (frequency_rank * {{var "rfm_quantiles"}}) div last_rank) as frequency_score,
        least({{var "rfm_quantiles"}}, 1 + (monetary_rank * {{var "rfm_quantiles"}}) div last_rank) as monetary_score
    from ranked
),
{{else if (eq (var "rfm_method") "ntile")}}
-- Groups of equal size: customers with equal values may get different scores.
scored as (
    select
        history.*,
        ntile({{var "rfm_quantiles"}}) over (order by recency_days desc, customer_id) as recency_score,
        ntile({{var "rfm_quantiles"}}) over (order by frequency, customer_id) as frequency_score,
        ntile({{var "rfm_quantiles"}}) over (order by monetary, customer_id) as monetary_score
    from history
),
{{else}}
-- Fixed bounds: one point, and one more for each bound that is reached.
scored as (
    select
        history.*,
        1{{#each (lookup (var "rfm_thresholds") "recency_days") as |bound|}} + (recency_days <= {{bound}}){{/each}} as recency_score,
        1{{#each (lookup (var "rfm_thresholds") "frequency") as |bound|}} + (frequency >= {{bound}}){{/each}} as frequency_score,
        1{{#each (lookup (var "rfm_thresholds") "monetary") as |bound|}} + (monetary >= {{bound}}){{/each}} as monetary_score
    from history
),
{{/if}}

-- The map has five steps, whatever the number of scores.
stepped as (
    select
        scored.*,
        ceil(recency_score * 5 / {{var "rfm_quantiles"}}) as recency_step,
        ceil(frequency_score * 5 / {{var "rfm_quantiles"}}) as frequency_step
    from scored
)

select
    customers.customer_id,
    customers.recency_days,
    customers.frequency,
    cast(customers.monetary as decimal(18,2)) as monetary,
    cast(customers.recency_score as signed) as recency_score,
    cast(customers.frequency_score as signed) as frequency_score,
    cast(customers.monetary_score as signed) as monetary_score,
    segments.segment as rfm_segment,
    segments.segment_pt as rfm_segment_pt
from stepped as customers
left join {{ref "rfm_segments"}} as segments
    on segments.recency_score = customers.recency_step
    and segments.frequency_score = customers.frequency_step
