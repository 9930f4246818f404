{{config
    materialized="incremental"
    unique_key=(list "campaign_id" "spend_date")
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key=(list "campaign_id" "spend_date")
    indexes=(list (dict columns=(list "date_key")))
}}

with
{{#if (is_incremental)}}
-- Read apart from their values: a server writes what it reads twice to the disk, with all columns.
keys_of_spend as (
    select distinct
        {{bigint_key (list
            "platform" "platform_campaign_id" "coalesce(platform_adset_id, '')" "coalesce(platform_ad_id, '')"
        )}} as campaign_id,
        spend_date
    from (
        {{stack_platforms entity="ad_daily" platforms=(var "ads") only=(list
            "platform" "spend_date" "platform_campaign_id" "platform_adset_id" "platform_ad_id"
        )}}
    ) as keys_of_rows
    where spend_date <= {{as_of}}
),
{{/if}}

-- Days are those of the ad account, whose time zone is kept.
staged as (
    {{stack_platforms entity="ad_daily" platforms=(var "ads")}}
),

-- NULL ids would let a unique key hold the same row twice.
keyed as (
    select
        staged.*,
        coalesce(platform_adset_id, '') as adset_id,
        coalesce(platform_ad_id, '') as ad_id
    from staged
    where spend_date <= {{as_of}}
),

valued as (
    select
        {{bigint_key (list "ads.platform" "ads.platform_campaign_id" "ads.adset_id" "ads.ad_id")}} as campaign_id,
        ads.spend_date,
        {{date_key "ads.spend_date"}} as date_key,
        ads.platform,
        ads.account_id,
        ads.account_timezone,
        ads.platform_campaign_id,
        ads.campaign_name,
        ads.adset_id as platform_adset_id,
        ads.adset_name,
        ads.ad_id as platform_ad_id,
        ads.ad_name,
        ads.objective,
        ads.currency,
        ads.impressions,
        ads.reach,
        ads.clicks,
        cast(ads.spend as decimal(18,2)) as spend_in_currency,
        cast(round(ads.spend * {{fx_rate "ads.currency" "ads.spend_date"}}, 2) as decimal(18,2)) as spend,
        cast(ads.platform_purchases as decimal(18,4)) as platform_purchases,
        cast(round(ads.platform_revenue * {{fx_rate "ads.currency" "ads.spend_date"}}, 2) as decimal(18,2)) as platform_revenue,
        cast(ads.platform_leads as decimal(18,4)) as platform_leads,
        ads.video_views
    from keyed as ads
)

select ads.*
{{#if (is_incremental)}}
-- Platforms restate days, and take rows of them back without a word. Staged rows are sums over several raw tables, so
-- that no row of these says it: rows are compared.
, 0 as is_gone
from valued as ads
left join {{this}} as previous
    on previous.campaign_id = ads.campaign_id
    and previous.spend_date = ads.spend_date
where {{is_other stored="previous" made="ads" columns=(list
    "campaign_id" "account_id" "account_timezone" "campaign_name" "adset_name" "ad_name" "objective" "currency"
    "impressions" "reach" "clicks" "spend_in_currency" "spend" "platform_purchases" "platform_revenue" "platform_leads"
    "video_views"
)}}
union all
{{gone_rows table=this parent="keys_of_spend" keys=(list "campaign_id" "spend_date")}}
{{else}}
from valued as ads
{{/if}}
