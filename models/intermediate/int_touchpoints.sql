{{config
    materialized="table"
    primary_key="touchpoint_id"
    indexes=(list
        (dict columns=(list "customer_id" "occurred_at"))
        (dict columns=(list "order_id"))
    )
}}

select
    {{bigint_key (list "visits.visit_key")}} as touchpoint_id,
    visits.visit_key,
    coalesce(browsers.customer_id, records.customer_id) as customer_id,
    visits.anonymous_id,
    visits.order_id,
    visits.occurred_at,
    visits.occurred_local,
    traffic.channel_id,
    traffic.campaign_id,
    visits.source,
    visits.medium,
    visits.campaign,
    visits.content,
    visits.term,
    visits.gclid,
    visits.gbraid,
    visits.wbraid,
    visits.fbclid,
    visits.ttclid,
    channels.is_direct,
    channels.is_paid,
    visits.origin
from {{ref "int_visits"}} as visits
inner join {{ref "int_traffic"}} as traffic
    on traffic.traffic_key = visits.traffic_key
inner join {{ref "dim_channels"}} as channels
    on channels.channel_id = traffic.channel_id
left join {{ref "int_browsers"}} as browsers
    on browsers.anonymous_id = visits.anonymous_id
left join {{ref "int_orders"}} as orders
    on orders.order_id = visits.order_id
left join {{ref "int_customer_records"}} as records
    on records.record_key = orders.record_key
-- What an order remembers of its visit is that visit again where a session of the buyer was seen through that channel.
where visits.origin <> 'order'
    or not exists (
        select 1
        from {{ref "int_browsers"}} as browsers_of_buyer
        inner join {{ref "int_visits"}} as sessions
            on sessions.anonymous_id = browsers_of_buyer.anonymous_id
            and sessions.occurred_at between visits.occurred_at - interval 30 minute and visits.occurred_at
        inner join {{ref "int_traffic"}} as traffic_of_sessions
            on traffic_of_sessions.traffic_key = sessions.traffic_key
        where browsers_of_buyer.customer_id = records.customer_id
            and traffic_of_sessions.channel_id = traffic.channel_id
    )
