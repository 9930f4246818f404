{{config
    materialized="table"
    primary_key="traffic_key"
}}

-- Rules are read once for each source, medium and campaign, not once for each visit.
with traffic as (
    select distinct traffic_key, source, medium, campaign
    from {{ref "int_visits"}}
),

categories as (
    select source, source_category
    from {{ref "source_aliases"}}
    union all
    select known.source_name as source, known.source_category
    from {{ref "dim_traffic_sources"}} as known
    left join {{ref "source_aliases"}} as aliases
        on aliases.source = known.source_name
    where aliases.source is null
),

categorised as (
    select
        traffic.*,
        categories.source_category,
        case
            when traffic.source regexp 'google|youtube|adwords' then 'google'
            when traffic.source regexp 'facebook|instagram|^(fb|ig|meta|an)$' then 'meta'
            when traffic.source regexp 'tiktok' then 'tiktok'
        end as ad_platform
    from traffic
    left join categories
        on categories.source = traffic.source
),

first_rules as (
    select
        traffic.traffic_key,
        min(rules.priority) as priority
    from categorised as traffic
    inner join {{ref "channel_rules"}} as rules
        on (rules.source_pattern is null or traffic.source regexp rules.source_pattern)
        and (rules.medium_pattern is null or traffic.medium regexp rules.medium_pattern)
        and (rules.campaign_pattern is null or traffic.campaign regexp rules.campaign_pattern)
        and (rules.source_category is null or traffic.source_category = rules.source_category)
    group by traffic.traffic_key
),

-- Links name a campaign by its id or its name.
campaign_tags as (
    select platform, tag, min(campaign_id) as campaign_id
    from (
        select platform, platform_campaign_id as tag, campaign_id
        from {{ref "int_campaigns"}}
        where platform_adset_id = '' and platform_ad_id = ''
        union all
        select platform, lower(trim(campaign_name)) as tag, campaign_id
        from {{ref "int_campaigns"}}
        where platform_adset_id = '' and platform_ad_id = ''
    ) as tags
    group by platform, tag
)

select
    traffic.traffic_key,
    traffic.source,
    traffic.medium,
    traffic.campaign,
    channels.channel_id,
    campaign_tags.campaign_id
from categorised as traffic
left join first_rules
    on first_rules.traffic_key = traffic.traffic_key
left join {{ref "channel_rules"}} as rules
    on rules.priority = first_rules.priority
inner join {{ref "dim_channels"}} as channels
    on channels.channel = coalesce(rules.channel, 'Unassigned')
left join campaign_tags
    on campaign_tags.platform = traffic.ad_platform
    and campaign_tags.tag = traffic.campaign
