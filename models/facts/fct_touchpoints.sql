{{config
    materialized="table"
    primary_key="touchpoint_id"
    indexes=(list (dict columns=(list "customer_id" "occurred_at")) (dict columns=(list "date_key")))
}}

select
    touchpoint_id,
    customer_id,
    anonymous_id,
    occurred_at,
    occurred_local,
    {{date_key "occurred_local"}} as date_key,
    channel_id,
    campaign_id,
    source,
    medium,
    campaign,
    content,
    term,
    gclid,
    gbraid,
    wbraid,
    fbclid,
    ttclid,
    is_direct,
    is_paid,
    origin
from {{ref "int_touchpoints"}}
