-- As many days as lie between the first and the last one.
select min(full_date) as first_day, max(full_date) as last_day, count(*) as days
from {{ref "dim_dates"}}
having datediff(last_day, first_day) + 1 <> days
