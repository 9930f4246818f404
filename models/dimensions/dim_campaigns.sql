{{config
    materialized="table"
    column_types=(dict
        platform="varchar(50)"
        platform_campaign_id="varchar(100)"
        platform_adset_id="varchar(100)"
        platform_ad_id="varchar(100)"
        campaign_name="varchar(500)"
        funnel_stage="varchar(50)"
    )
    primary_key="campaign_id"
    indexes=(list
        (dict columns=(list "platform" "platform_campaign_id" "platform_adset_id" "platform_ad_id") unique=true)
    )
}}

with statuses as (
    {{stack_platforms entity="campaigns" platforms=(var "ads")}}
),

stages as (
    select
        campaigns.campaign_id,
        min(stages.priority) as priority
    from {{ref "int_campaigns"}} as campaigns
    inner join {{ref "funnel_stages"}} as stages
        on lower(campaigns.campaign_name) regexp stages.name_pattern
    group by campaigns.campaign_id
)

select
    campaigns.campaign_id,
    campaigns.platform,
    campaigns.account_id,
    campaigns.platform_campaign_id,
    campaigns.platform_adset_id,
    campaigns.platform_ad_id,
    campaigns.campaign_name,
    campaigns.adset_name,
    campaigns.ad_name,
    campaigns.objective,
    statuses.status,
    coalesce(names.funnel_stage, 'UNKNOWN') as funnel_stage,
    campaigns.first_seen,
    campaigns.last_seen
from {{ref "int_campaigns"}} as campaigns
left join statuses
    on statuses.platform = campaigns.platform
    and statuses.platform_campaign_id = campaigns.platform_campaign_id
left join stages
    on stages.campaign_id = campaigns.campaign_id
left join {{ref "funnel_stages"}} as names
    on names.priority = stages.priority
