{{config primary_key="date_key" indexes=(list (dict columns=(list "full_date") unique=true))}}

with days as (
    {{date_spine unit="day" start=(var "first_date") end=(concat (as_of) " + interval 401 day")}}
)

select
    {{date_key "days.date_day"}} as date_key,
    days.date_day as full_date,
    year(days.date_day) as year,
    quarter(days.date_day) as quarter,
    month(days.date_day) as month,
    {{date_trunc unit="month" date="days.date_day"}} as month_start,
    elt(
        month(days.date_day),
        'janeiro', 'fevereiro', 'março', 'abril', 'maio', 'junho',
        'julho', 'agosto', 'setembro', 'outubro', 'novembro', 'dezembro'
    ) as month_name_pt,
    weekofyear(days.date_day) as iso_week,
    yearweek(days.date_day, 3) div 100 as iso_year,
    weekday(days.date_day) + 1 as day_of_week,
    weekday(days.date_day) >= 5 as is_weekend,
    holidays.holiday_date is not null as is_holiday_br,
    -- The Friday after the fourth Thursday of November.
    month(days.date_day) = 11
    and weekday(days.date_day) = 4
    and dayofmonth(days.date_day) between 23 and 29 as is_black_friday,
    days.date_day = last_day(days.date_day) as is_month_end
from days
left join {{ref "holidays_br"}} as holidays
    on holidays.holiday_date = days.date_day
