{{config materialized="table" primary_key="date_day"}}

with days as (
    {{date_spine unit="day" start="2010-12-01" end="2012-01-01"}}
)

select
    date_day,
    cast(date_format(date_day, '%Y%m%d') as unsigned) as date_key,
    {{date_trunc unit="month" date="date_day"}} as month_start,
    year(date_day) as year_number,
    month(date_day) as month_number,
    dayofweek(date_day) as weekday_number,
    dayname(date_day) as weekday_name
from days
