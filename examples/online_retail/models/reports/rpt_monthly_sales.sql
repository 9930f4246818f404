{{config materialized="table" primary_key="month_start"}}

select
    dates.month_start,
    sum(days.orders) as orders,
    sum(days.new_orders) as new_orders,
    sum(days.units) as units,
    sum(days.revenue) as revenue,
    {{safe_divide numerator="sum(days.revenue)" denominator="sum(days.orders)"}} as average_order_value
from {{ref "rpt_daily_performance"}} as days
inner join {{ref "dim_dates"}} as dates
    on dates.date_key = days.date_key
group by dates.month_start
