{{config severity="warn"}}

-- An ad account that spends on two days and is silent between them was mostly not read. One that was paused says so
-- by its zeros, or is a warning to look at.
select
    platform,
    account_id,
    min(spend_date) as first_day,
    max(spend_date) as last_day,
    count(distinct spend_date) as days_with_rows
from {{ref "fct_ad_spend"}}
group by platform, account_id
having count(distinct spend_date) <> datediff(max(spend_date), min(spend_date)) + 1
