{{config
    materialized="table"
    primary_key="session_id"
    indexes=(list (dict columns=(list "date_key")))
}}

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
