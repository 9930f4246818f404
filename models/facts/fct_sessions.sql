{{config
    materialized="incremental"
    unique_key="session_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="session_id"
    indexes=(list (dict columns=(list "date_key")))
}}

with
{{#if (is_incremental)}}
keys_of_sessions as (
    select visit_key as session_key
    from {{ref "int_visits"}}
    where origin <> 'order'
),
{{/if}}

sessions as (
    select
        {{bigint_key (list "visits.visit_key")}} as session_id,
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
        visits.transaction_id
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
where {{is_other stored="previous" made="sessions" columns=(list
    "session_id" "anonymous_id" "customer_id" "started_at" "channel_id" "campaign_id" "source" "medium" "campaign"
    "landing_page" "transaction_id"
)}}
union all
{{gone_rows table=this parent="keys_of_sessions" keys=(list "session_key")}}
{{else}}
from sessions
{{/if}}
