{{config
    materialized="incremental"
    unique_key="session_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="session_id"
    indexes=(list (dict columns=(list "date_key")))
}}

with sessions as (
    select
        visits.visit_id as session_id,
        visits.visit_key as session_key,
        visits.origin,
        visits.anonymous_id,
        browsers.customer_id,
        visits.occurred_at as started_at,
        visits.occurred_local as started_local,
        {{date_key "visits.occurred_local"}} as date_key,
        traffic.channel_id,
        traffic.campaign_id,
        visits.source,
        visits.medium,
        visits.campaign,
        visits.landing_page,
        visits.transaction_id,
        visits.version
    from {{ref "int_visits"}} as visits
    inner join {{ref "int_traffic"}} as traffic
        on traffic.traffic_key = visits.traffic_key
    left join {{ref "int_browsers"}} as browsers
        on browsers.anonymous_id = visits.anonymous_id
    where visits.origin <> 'order'
)

select sessions.*
{{#if (is_incremental)}}
, 0 as is_gone
from sessions
left join {{this}} as previous
    on previous.session_id = sessions.session_id
where sessions.version is null
    or {{is_other stored="previous" made="sessions" columns=(list
        "session_id" "customer_id" "channel_id" "campaign_id" "version"
    )}}
union all
{{gone_rows table=this parent=(ref "int_visits") keys=(list "session_id") parent_keys=(list "visit_id")}}
{{else}}
from sessions
{{/if}}
