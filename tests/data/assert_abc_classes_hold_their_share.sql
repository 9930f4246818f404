-- A holds its share of the revenue, and would not without its last product; so do A and B together. No better seller is
-- in a worse class.
with products as (
    select
        revenue_rank,
        abc_classification,
        greatest(revenue, 0) as revenue,
        lag(abc_classification) over (order by revenue_rank) as class_before
    from {{ref "mart_product_abc"}}
),

shares as (
    select
        sum(revenue) as total,
        sum(case when abc_classification = 'A' then revenue else 0 end) as of_a,
        min(case when abc_classification = 'A' then revenue end) as last_of_a,
        sum(case when abc_classification in ('A', 'B') then revenue else 0 end) as of_a_and_b,
        min(case when abc_classification = 'B' then revenue end) as last_of_b
    from products
)

select 'share' as problem, of_a as found
from shares
where total > 0
    and (
        of_a < {{lookup (var "abc_thresholds") "a"}} * total
        or of_a - last_of_a >= {{lookup (var "abc_thresholds") "a"}} * total
        or of_a_and_b < {{lookup (var "abc_thresholds") "b"}} * total
        or of_a_and_b - last_of_b >= {{lookup (var "abc_thresholds") "b"}} * total
    )
union all
select 'order' as problem, revenue_rank as found
from products
where abc_classification < class_before
