{{config
    materialized="incremental"
    unique_key="touchpoint_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="touchpoint_id"
    indexes=(list
        (dict columns=(list "person_key" "occurred_at"))
        (dict columns=(list "order_id"))
    )
}}

-- What an order remembers of its visit is that visit again where a session of the buyer was seen through that channel.
with repeated as (
    select remembered.visit_id
    from {{ref "int_visits"}} as remembered
    inner join {{ref "int_traffic"}} as remembered_traffic
        on remembered_traffic.traffic_key = remembered.traffic_key
    inner join {{ref "int_orders"}} as orders
        on orders.order_id = remembered.order_id
    inner join {{ref "int_customer_records"}} as records
        on records.record_key = orders.record_key
    where remembered.origin = 'order'
        and exists (
            select 1
            from {{ref "int_browsers"}} as browsers
            inner join {{ref "int_visits"}} as sessions
                on sessions.anonymous_id = browsers.anonymous_id
                and sessions.occurred_at between remembered.occurred_at - interval 30 minute and remembered.occurred_at
            inner join {{ref "int_traffic"}} as traffic
                on traffic.traffic_key = sessions.traffic_key
            where browsers.customer_id = records.customer_id
                and traffic.channel_id = remembered_traffic.channel_id
        )
),

touches as (
    select
        visits.visit_id as touchpoint_id,
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
        visits.origin,
        visits.version,
        repeated.visit_id is not null as is_repeated
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
    left join repeated
        on repeated.visit_id = visits.visit_id
        and visits.origin = 'order'
)

select
    touches.touchpoint_id,
    touches.visit_key,
    touches.customer_id,
    -- Who is not known is a person for each browser.
    coalesce(
        touches.customer_id,
        {{bigint_key (list "coalesce(touches.anonymous_id, touches.visit_key)")}}
    ) as person_key,
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
    touches.is_direct,
    touches.is_paid,
    touches.origin,
    touches.version
    {{#if (is_incremental)}}
    , touches.is_repeated as is_gone
    {{/if}}
from touches
{{#if (is_incremental)}}
left join {{this}} as previous
    on previous.touchpoint_id = touches.touchpoint_id
where case
    when touches.is_repeated then previous.touchpoint_id is not null
    else touches.version is null
        or {{is_other stored="previous" made="touches" columns=(list
            "touchpoint_id" "customer_id" "channel_id" "campaign_id" "is_direct" "is_paid" "version"
        )}}
end
union all
{{gone_rows table=this parent=(ref "int_visits") keys=(list "touchpoint_id") parent_keys=(list "visit_id")}}
{{else}}
where not touches.is_repeated
{{/if}}
