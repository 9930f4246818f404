-- Of the 885 customers of December 2010 so many bought again in the months after it.
with published as (
    select 0 as period, 885 as customers
    union all select 1, 324
    union all select 2, 286
    union all select 3, 340
    union all select 4, 321
)

select published.period, published.customers, cohorts.active_customers
from published
left join {{ref "mart_cohort_retention"}} as cohorts
    on cohorts.period = published.period
    and cohorts.cohort_month = '2010-12-01'
where coalesce(cohorts.active_customers, 0) <> published.customers
