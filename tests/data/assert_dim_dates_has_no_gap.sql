-- As many days as lie between the first and the last one.
select min(date_day) as first_day, max(date_day) as last_day, count(*) as days
from {{ref "dim_dates"}}
having datediff(last_day, first_day) + 1 <> days
