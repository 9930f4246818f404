{{config
    materialized="table"
    primary_key="traffic_key"
}}

-- Rules are read once for each source, medium and campaign, not once for each visit.
with traffic as (
    select distinct traffic_key, source, medium, campaign, campaign_reference
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
        -- A name in an address is percent-encoded: only its letters and digits can be compared.
        case
            when traffic.campaign regexp '%[0-9a-f][0-9a-f]|[+]'
                then concat('~', regexp_replace(traffic.campaign, '%[0-9a-f][0-9a-f]|[^a-z0-9]', ''))
            else traffic.campaign
        end as campaign_tag,
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

-- Links name a campaign by its id or its name, and keep the name that it had when they were made. What a campaign is
-- called now counts before what another was called once.
campaign_names as (
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
    union all
    select platform, concat('~', regexp_replace(campaign_name, '[^a-z0-9]', '')) as tag, campaign_id, certainty
    from campaign_names
    where campaign_name regexp '[a-z0-9]'
),

campaign_tags as (
    select platform, tag, campaign_id
    from (
        select
            named_campaigns.*,
            row_number() over (partition by platform, tag order by certainty, campaign_id) as best_first
        from named_campaigns
    ) as ranked
    where best_first = 1
)

select
    traffic.traffic_key,
    traffic.source,
    traffic.medium,
    traffic.campaign,
    traffic.campaign_reference,
    channels.channel_id,
    coalesce(references_of_links.campaign_id, names_of_links.campaign_id) as campaign_id
from categorised as traffic
left join first_rules
    on first_rules.traffic_key = traffic.traffic_key
left join {{ref "channel_rules"}} as rules
    on rules.priority = first_rules.priority
inner join {{ref "dim_channels"}} as channels
    on channels.channel = coalesce(rules.channel, 'Unassigned')
left join campaign_tags as references_of_links
    on references_of_links.platform = traffic.ad_platform
    and references_of_links.tag = traffic.campaign_reference
left join campaign_tags as names_of_links
    on names_of_links.platform = traffic.ad_platform
    and names_of_links.tag = traffic.campaign_tag
