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

-- The latest session of the same person and channel up to each touch. One pass in order of time: joining touches to
-- touches would read all of them for each.
with_latest_session as (
    select
        touches.*,
        max(case when origin <> 'order' then occurred_at end) over (
            partition by customer_id, channel_id
            order by occurred_at
            range between unbounded preceding and current row
        ) as latest_session_at
    from touches
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
from with_latest_session as touches
inner join {{ref "dim_channels"}} as channels
    on channels.channel_id = touches.channel_id
-- What an order remembers of its visit is that visit again where the session itself was seen.
where touches.origin <> 'order'
    or touches.customer_id is null
    or touches.latest_session_at is null
    or touches.latest_session_at < touches.occurred_at - interval 30 minute
