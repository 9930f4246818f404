select
    'tiktok' as platform,
    cast(reports._account_id as char(150)) as account_id,
    reports.stat_time_day as spend_date,
    cast(reports.campaign_id as char(150)) as platform_campaign_id,
    reports.campaign_name,
    cast(reports.adgroup_id as char(150)) as platform_adset_id,
    reports.adgroup_name as adset_name,
    cast(reports.ad_id as char(150)) as platform_ad_id,
    reports.ad_name,
    campaigns.objective_type as objective,
    reports.currency,
    reports.time_zone as account_timezone,
    reports.impressions,
    reports.reach,
    reports.clicks,
    round(reports.spend, 2) as spend,
    coalesce(reports.complete_payment, 0) as platform_purchases,
    -- The value of the purchases, whatever TikTok's name for it says.
    round(coalesce(reports.total_complete_payment_rate, 0), 2) as platform_revenue,
    cast(0 as decimal(18,4)) as platform_leads,
    reports.video_play_actions as video_views
from {{source "tiktok_ads" "ad_report_daily"}} as reports
left join {{source "tiktok_ads" "campaigns"}} as campaigns
    on campaigns._account_id = reports._account_id
    and campaigns.campaign_id = reports.campaign_id
