-- Of the 3,922 stock codes, 804 make the first 80 per cent of the revenue, and 983 the next 15.
select *
from (
    select
        sum(abc_classification = 'A') as class_a,
        sum(abc_classification = 'B') as class_b,
        sum(abc_classification = 'C') as class_c
    from {{ref "mart_product_abc"}}
) as classes
where class_a <> 804
    or class_b <> 983
    or class_c <> 2135
