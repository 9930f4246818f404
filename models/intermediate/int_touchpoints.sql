{{config
    materialized="table"
    primary_key="touchpoint_id"
    indexes=(list
        (dict columns=(list "customer_id" "occurred_at"))
        (dict columns=(list "order_id"))
    )
}}

with touches as (
    select
        visits.*,
        traffic.channel_id,
        traffic.campaign_id,
        coalesce(browsers.customer_id, records.customer_id) as customer_id
    from {{ref "int_visits"}} as visits
    inner join {{ref "int_traffic"}} as traffic
        on traffic.traffic_key = visits.traffic_key
    left join {{ref "int_browsers"}} as browsers
        on browsers.anonymous_id = visits.anonymous_id
    left join {{ref "int_orders"}} as orders
        on orders.order_id = visits.order_id
    left join {{ref "int_customer_records"}} as records
        on records.record_key = orders.record_key
),

-- What an order remembers of its visit is that visit again where the session itself was seen.
seen_as_session as (
    select distinct remembered.visit_key
    from touches as remembered
    inner join touches as session_touches
        on session_touches.customer_id = remembered.customer_id
        and session_touches.channel_id = remembered.channel_id
        and session_touches.occurred_at between remembered.occurred_at - interval 30 minute and remembered.occurred_at
    where remembered.origin = 'order'
        and session_touches.origin <> 'order'
)

select
    {{bigint_key (list "touches.visit_key")}} as touchpoint_id,
    touches.visit_key,
    touches.customer_id,
    touches.anonymous_id,
    touches.order_id,
    touches.occurred_at,
    touches.occurred_local,
    touches.channel_id,
    touches.campaign_id,
    touches.source,
    touches.medium,
    touches.campaign,
    touches.content,
    touches.term,
    touches.gclid,
    touches.gbraid,
    touches.wbraid,
    touches.fbclid,
    touches.ttclid,
    channels.is_direct,
    channels.is_paid,
    touches.origin
from touches
inner join {{ref "dim_channels"}} as channels
    on channels.channel_id = touches.channel_id
left join seen_as_session
    on seen_as_session.visit_key = touches.visit_key
where seen_as_session.visit_key is null
