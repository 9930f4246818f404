-- A cohort has a row of each month from its own to that of `as_of`, and no other.
select
    cohort_month,
    count(*) as months_found,
    max(period) as last_period
from {{ref "mart_cohort_retention"}}
group by cohort_month
having count(*) <> {{datediff unit="month" start="cohort_month" end=(as_of)}} + 1
    or max(period) <> count(*) - 1
union all
-- Every customer who bought is of one cohort.
select
    null as cohort_month,
    cohorts.customers as months_found,
    buyers.customers as last_period
from (select coalesce(sum(cohort_size), 0) as customers from {{ref "mart_cohort_retention"}} where period = 0) as cohorts
cross join (
    select count(distinct customer_id) as customers
    from {{ref "fct_orders"}}
    where is_valid = 1
        and {{counted_customers}}
) as buyers
where cohorts.customers <> buyers.customers
