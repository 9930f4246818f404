{{config
    materialized="table"
    primary_key=(list "cohort_month" "period")
}}

with spend as (
    select
        dates.month_start,
        sum(spend.spend) as spend
    from {{ref "fct_ad_spend"}} as spend
    inner join {{ref "dim_dates"}} as dates
        on dates.date_key = spend.date_key
    group by dates.month_start
),

cells as (
    select
        cohorts.*,
        coalesce(spend.spend, 0) * 1e0 / cohorts.cohort_size as cac,
        cohorts.cumulative_revenue * 1e0 / cohorts.cohort_size as ltv_per_customer,
        sum(cohorts.contribution_margin) over (
            partition by cohorts.cohort_month order by cohorts.period
        ) * 1e0 / cohorts.cohort_size as margin_per_customer
    from {{ref "mart_cohort_retention"}} as cohorts
    left join spend
        on spend.month_start = cohorts.cohort_month
)

select
    cohort_month,
    period,
    cohort_size,
    active_customers,
    retention_rate,
    orders,
    revenue,
    cumulative_revenue,
    ltv_per_customer,
    cac,
    ltv_per_customer / nullif(cac, 0) as ltv_cac_ratio,
    margin_per_customer,
    min(case when margin_per_customer >= cac then period end) over (partition by cohort_month) as payback_period,
    is_complete
from cells
