-- Purchases are the connector's one choice among Meta's overlapping action types; leads never count as purchases.
with leads as (
    select
        _account_id,
        date_start,
        ad_id,
        sum(value) as leads
    from {{source "meta_ads" "ad_insights_daily_actions"}}
    where action_type = 'lead'
    group by _account_id, date_start, ad_id
)

select
    'meta' as platform,
    cast(insights._account_id as char(150)) as account_id,
    insights.date_start as spend_date,
    cast(insights.campaign_id as char(150)) as platform_campaign_id,
    insights.campaign_name,
    cast(insights.adset_id as char(150)) as platform_adset_id,
    insights.adset_name,
    cast(insights.ad_id as char(150)) as platform_ad_id,
    insights.ad_name,
    insights.objective,
    insights.account_currency as currency,
    insights.time_zone as account_timezone,
    insights.impressions,
    insights.reach,
    -- Clicks that leave for the shop, not those on likes and comments.
    coalesce(insights.inline_link_clicks, insights.clicks, 0) as clicks,
    round(insights.spend, 2) as spend,
    coalesce(insights.purchases, 0) as platform_purchases,
    round(coalesce(insights.purchase_value, 0), 2) as platform_revenue,
    coalesce(leads.leads, 0) as platform_leads,
    cast(null as signed) as video_views
from {{source "meta_ads" "ad_insights_daily"}} as insights
left join leads
    on leads._account_id = insights._account_id
    and leads.date_start = insights.date_start
    and leads.ad_id = insights.ad_id
