{{config enabled=(in "ga4" (var "analytics"))}}

-- From the Data API, whose figures are sums: they compare with the shop's, and cannot tell who came.
with traffic as (
    select
        cast(_account_id as char(150)) as account_id,
        `date` as traffic_date,
        nullif(left(session_source, 500), '(not set)') as source,
        nullif(left(session_medium, 500), '(not set)') as medium,
        nullif(left(session_campaign_name, 500), '(not set)') as campaign,
        sessions,
        ecommerce_purchases,
        purchase_revenue
    from {{source "ga4" "traffic_daily"}}
)

select
    'ga4' as origin,
    account_id,
    traffic_date,
    source,
    medium,
    campaign,
    sum(sessions) as sessions,
    sum(ecommerce_purchases) as purchases,
    round(sum(purchase_revenue), 2) as purchase_revenue
from traffic
group by account_id, traffic_date, source, medium, campaign
