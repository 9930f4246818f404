-- Campaigns without ads of their own (Performance Max) and what ads do not explain of a campaign are rows with an
-- empty ad, so that rows add up to the campaign. Google tells purchases by campaign only: they stand there too.
with by_campaign as (
    select
        _account_id,
        campaign_id,
        `date`,
        max(campaign_name) as campaign_name,
        max(advertising_channel_type) as objective,
        max(currency_code) as currency,
        max(time_zone) as account_timezone,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(cost) as cost
    from {{source "google_ads" "campaign_daily"}}
    group by _account_id, campaign_id, `date`
),

by_ad as (
    select
        _account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        `date`,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        round(sum(cost), 2) as cost
    from {{source "google_ads" "ad_daily"}}
    group by _account_id, campaign_id, ad_group_id, ad_id, `date`
),

ads_of_campaign as (
    select
        _account_id,
        campaign_id,
        `date`,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(cost) as cost
    from by_ad
    group by _account_id, campaign_id, `date`
),

purchases as (
    select
        _account_id,
        campaign_id,
        `date`,
        sum(conversions) as purchases,
        sum(conversions_value) as purchase_value
    from {{source "google_ads" "conversion_action_daily"}}
    where conversion_action_category = 'PURCHASE'
    group by _account_id, campaign_id, `date`
)

select
    'google' as platform,
    cast(by_ad._account_id as char(150)) as account_id,
    by_ad.`date` as spend_date,
    cast(by_ad.campaign_id as char(150)) as platform_campaign_id,
    by_campaign.campaign_name,
    cast(by_ad.ad_group_id as char(150)) as platform_adset_id,
    ad_groups.name as adset_name,
    cast(by_ad.ad_id as char(150)) as platform_ad_id,
    cast(null as char(500)) as ad_name,
    by_campaign.objective,
    by_campaign.currency,
    by_campaign.account_timezone,
    by_ad.impressions,
    cast(null as signed) as reach,
    by_ad.clicks,
    by_ad.cost as spend,
    cast(0 as decimal(18,4)) as platform_purchases,
    cast(0 as decimal(18,2)) as platform_revenue,
    cast(0 as decimal(18,4)) as platform_leads,
    cast(null as signed) as video_views
from by_ad
left join by_campaign
    on by_campaign._account_id = by_ad._account_id
    and by_campaign.campaign_id = by_ad.campaign_id
    and by_campaign.`date` = by_ad.`date`
left join {{source "google_ads" "ad_groups"}} as ad_groups
    on ad_groups._account_id = by_ad._account_id
    and ad_groups.ad_group_id = by_ad.ad_group_id
union all
select
    'google' as platform,
    cast(by_campaign._account_id as char(150)) as account_id,
    by_campaign.`date` as spend_date,
    cast(by_campaign.campaign_id as char(150)) as platform_campaign_id,
    by_campaign.campaign_name,
    '' as platform_adset_id,
    null as adset_name,
    '' as platform_ad_id,
    null as ad_name,
    by_campaign.objective,
    by_campaign.currency,
    by_campaign.account_timezone,
    greatest(by_campaign.impressions - coalesce(ads_of_campaign.impressions, 0), 0) as impressions,
    cast(null as signed) as reach,
    greatest(by_campaign.clicks - coalesce(ads_of_campaign.clicks, 0), 0) as clicks,
    greatest(round(by_campaign.cost, 2) - coalesce(ads_of_campaign.cost, 0), 0) as spend,
    coalesce(purchases.purchases, 0) as platform_purchases,
    round(coalesce(purchases.purchase_value, 0), 2) as platform_revenue,
    cast(0 as decimal(18,4)) as platform_leads,
    cast(null as signed) as video_views
from by_campaign
left join ads_of_campaign
    on ads_of_campaign._account_id = by_campaign._account_id
    and ads_of_campaign.campaign_id = by_campaign.campaign_id
    and ads_of_campaign.`date` = by_campaign.`date`
left join purchases
    on purchases._account_id = by_campaign._account_id
    and purchases.campaign_id = by_campaign.campaign_id
    and purchases.`date` = by_campaign.`date`
