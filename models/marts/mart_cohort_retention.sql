{{config
    materialized="table"
    primary_key=(list "cohort_month" "period")
}}

with orders as (
    select
        customer_id,
        net_revenue,
        contribution_margin,
        {{date_trunc unit="month" date="order_date"}} as order_month,
        {{date_trunc unit="month" date="min(order_date) over (partition by customer_id)"}} as cohort_month
    from {{ref "fct_orders"}}
    where is_valid = 1
        and {{counted_customers}}
),

cohorts as (
    select
        cohort_month,
        count(distinct customer_id) as cohort_size
    from orders
    group by cohort_month
),

months as (
    select distinct month_start
    from {{ref "dim_dates"}}
    where full_date <= {{as_of}}
),

-- Months in which nobody of a cohort bought are rows too; months to come are not.
cells as (
    select
        cohorts.cohort_month,
        cohorts.cohort_size,
        months.month_start,
        {{datediff unit="month" start="cohorts.cohort_month" end="months.month_start"}} as period
    from cohorts
    inner join months
        on months.month_start >= cohorts.cohort_month
),

activity as (
    select
        cohort_month,
        order_month,
        count(distinct customer_id) as active_customers,
        count(*) as orders,
        sum(net_revenue) as revenue,
        sum(contribution_margin) as contribution_margin
    from orders
    group by cohort_month, order_month
)

select
    cells.cohort_month,
    cells.period,
    cells.cohort_size,
    coalesce(activity.active_customers, 0) as active_customers,
    coalesce(activity.active_customers, 0) * 1e0 / cells.cohort_size as retention_rate,
    coalesce(activity.orders, 0) as orders,
    cast(coalesce(activity.revenue, 0) as decimal(18,2)) as revenue,
    cast(
        sum(coalesce(activity.revenue, 0)) over (partition by cells.cohort_month order by cells.period)
        as decimal(18,2)
    ) as cumulative_revenue,
    cast(coalesce(activity.contribution_margin, 0) as decimal(18,2)) as contribution_margin,
    case when {{last_day "cells.month_start"}} <= {{as_of}} then 1 else 0 end as is_complete
from cells
left join activity
    on activity.cohort_month = cells.cohort_month
    and activity.order_month = cells.month_start
