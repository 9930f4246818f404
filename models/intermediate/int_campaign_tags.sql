{{config
    materialized="table"
    column_types=(dict platform="varchar(50)" tag="varchar(512)")
    primary_key=(list "platform" "tag")
}}

-- Links name a campaign by its id or its name, and keep the name that it had when they were made. What a campaign is
-- called now counts before what another was called once.
with campaign_names as (
    select
        platform,
        {{bigint_key (list "platform" "platform_campaign_id" "''" "''")}} as campaign_id,
        lower(trim(campaign_name)) as campaign_name,
        2 as certainty
    from (
        select distinct platform, platform_campaign_id, campaign_name
        from {{ref "int_ad_spend"}}
    ) as names
    union all
    select platform, campaign_id, lower(trim(campaign_name)), 1 as certainty
    from {{ref "int_campaigns"}}
    where platform_adset_id = '' and platform_ad_id = ''
),

named_campaigns as (
    select platform, platform_campaign_id as tag, campaign_id, 0 as certainty
    from {{ref "int_campaigns"}}
    where platform_adset_id = '' and platform_ad_id = ''
    union all
    select platform, campaign_name as tag, campaign_id, certainty
    from campaign_names
    where campaign_name is not null
    union all
    select platform, concat('~', regexp_replace(campaign_name, '[^a-z0-9]', '')) as tag, campaign_id, certainty
    from campaign_names
    where campaign_name regexp '[a-z0-9]'
)

select platform, tag, campaign_id
from (
    select
        named_campaigns.*,
        row_number() over (partition by platform, tag order by certainty, campaign_id) as best_first
    from named_campaigns
) as ranked
where best_first = 1
