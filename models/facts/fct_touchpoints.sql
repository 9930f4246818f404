{{config
    materialized="incremental"
    unique_key="touchpoint_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="touchpoint_id"
    indexes=(list (dict columns=(list "customer_id" "occurred_at")) (dict columns=(list "date_key")))
}}

select
    touches.touchpoint_id,
    touches.customer_id,
    touches.anonymous_id,
    touches.occurred_at,
    touches.occurred_local,
    {{date_key "touches.occurred_local"}} as date_key,
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
    , 0 as is_gone
    {{/if}}
from {{ref "int_touchpoints"}} as touches
{{#if (is_incremental)}}
left join {{this}} as previous
    on previous.touchpoint_id = touches.touchpoint_id
where touches.version is null
    or {{is_other stored="previous" made="touches" columns=(list
        "touchpoint_id" "customer_id" "channel_id" "campaign_id" "is_direct" "is_paid" "version"
    )}}
union all
{{gone_rows table=this parent=(ref "int_touchpoints") keys=(list "touchpoint_id")}}
{{/if}}
