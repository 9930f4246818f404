{{config primary_key="date_day"}}

with days as (
    {{date_spine unit="day" start=(var "first_date") end=(var "last_date")}}
)

select
    date_day,
    cast(date_format(date_day, '%Y%m%d') as signed) as date_key,
    year(date_day) as year_number,
    quarter(date_day) as quarter_number,
    month(date_day) as month_number,
    day(date_day) as day_number,
    weekday(date_day) + 1 as iso_weekday_number,
    weekday(date_day) >= 5 as is_weekend,
    {{date_trunc unit="month" date="date_day"}} as month_start
from days
