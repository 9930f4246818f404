{{! The index also makes the server count the rows: it expects one of a table without, and reads it whole for every visit. }}
{{config
    materialized="table"
    primary_key="traffic_key"
    indexes=(list (dict columns=(list "channel_id")))
}}

-- Rules are read once for each source, medium and campaign, not once for each visit.
with traffic as (
    select distinct traffic_key, source, medium, campaign, campaign_reference
    from {{ref "int_visits"}}
),

categorised as (
    select
        traffic.*,
        coalesce(aliases.source_category, sources.source_category) as source_category,
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
    left join {{ref "source_aliases"}} as aliases
        on aliases.source = traffic.source
    left join {{ref "dim_traffic_sources"}} as sources
        on sources.source_name = traffic.source
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
left join {{ref "int_campaign_tags"}} as references_of_links
    on references_of_links.platform = traffic.ad_platform
    and references_of_links.tag = traffic.campaign_reference
left join {{ref "int_campaign_tags"}} as names_of_links
    on names_of_links.platform = traffic.ad_platform
    and names_of_links.tag = traffic.campaign_tag
