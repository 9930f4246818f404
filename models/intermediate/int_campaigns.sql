{{config
    materialized="table"
    primary_key="campaign_id"
    indexes=(list (dict columns=(list "platform" "platform_campaign_id")))
}}

with periods as (
    select
        campaign_id,
        min(spend_date) as first_seen,
        max(spend_date) as last_seen
    from {{ref "int_ad_spend"}}
    group by campaign_id
),

-- An ad may be renamed; it is called here what it was called last.
ads as (
    select
        spend.campaign_id,
        spend.platform,
        spend.account_id,
        spend.platform_campaign_id,
        spend.platform_adset_id,
        spend.platform_ad_id,
        spend.campaign_name,
        spend.adset_name,
        spend.ad_name,
        spend.objective,
        periods.first_seen,
        periods.last_seen
    from periods
    inner join {{ref "int_ad_spend"}} as spend
        on spend.campaign_id = periods.campaign_id
        and spend.spend_date = periods.last_seen
),

-- Links name a campaign and no ad: every campaign has a row of its own.
campaigns as (
    select
        ads.*,
        row_number() over (partition by platform, platform_campaign_id order by last_seen desc, campaign_id) as newest_first,
        min(first_seen) over (partition by platform, platform_campaign_id) as campaign_first_seen,
        max(last_seen) over (partition by platform, platform_campaign_id) as campaign_last_seen,
        max(platform_adset_id = '' and platform_ad_id = '') over (
            partition by platform, platform_campaign_id
        ) as has_own_row
    from ads
)

select *
from ads
union all
select
    {{bigint_key (list "platform" "platform_campaign_id" "''" "''")}} as campaign_id,
    platform,
    account_id,
    platform_campaign_id,
    '' as platform_adset_id,
    '' as platform_ad_id,
    campaign_name,
    null as adset_name,
    null as ad_name,
    objective,
    campaign_first_seen as first_seen,
    campaign_last_seen as last_seen
from campaigns
where newest_first = 1
    and has_own_row = 0
