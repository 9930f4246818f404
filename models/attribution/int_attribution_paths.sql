{{config
    materialized="incremental"
    unique_key="person_key"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key=(list "path_key" "touch_position")
    indexes=(list (dict columns=(list "order_id")) (dict columns=(list "person_key" "person_version")))
}}

with
{{#if (is_incremental)}}
-- Those of whom no touch lies in a path are among them every time: nothing is stored of them.
changed_people as (
    select people.person_key
    from {{ref "int_path_people"}} as people
    where not exists (
        select 1
        from {{this}} as previous
        where previous.person_key = people.person_key
            and previous.person_version = people.version
    )
),
{{/if}}

orders as (
    select
        order_id,
        customer_id,
        order_created_at,
        lag(order_created_at) over (partition by customer_id order by order_created_at, order_id) as previous_order_at
    from {{ref "fct_orders"}}
    {{#if (is_incremental)}}
    inner join changed_people
        on changed_people.person_key = customer_id
    {{/if}}
    where is_valid = 1
        -- A marketplace brings its own buyers: no visit of the shop led there.
        and sales_channel <> 'meli'
),

last_orders as (
    select
        customer_id,
        max(order_created_at) as last_order_at
    from {{ref "fct_orders"}}
    {{#if (is_incremental)}}
    inner join changed_people
        on changed_people.person_key = customer_id
    {{/if}}
    where is_valid = 1
    group by customer_id
),

-- Both ends of the window count.
touches_before_orders as (
    select
        orders.order_id as path_key,
        1 as is_conversion,
        orders.order_id,
        touches.person_key,
        touches.touchpoint_id,
        touches.visit_key,
        touches.occurred_at,
        touches.channel_id,
        touches.campaign_id,
        touches.is_direct,
        timestampdiff(microsecond, touches.occurred_at, orders.order_created_at) / 86400e6 as age_days
    from orders
    inner join {{ref "int_touchpoints"}} as touches
        on touches.person_key = orders.customer_id
        and touches.occurred_at between orders.order_created_at - interval {{var "attribution_lookback_days"}} day
            and orders.order_created_at
        {{#if (var "attribution_reset_after_order" one_of=(list true false))}}
        and (orders.previous_order_at is null or touches.occurred_at > orders.previous_order_at)
        {{/if}}
),

-- What a person did after the last valid order led to nothing yet.
touches_without_order as (
    select
        {{bigint_key (list "'open'" "touches.person_key")}} as path_key,
        0 as is_conversion,
        cast(null as signed) as order_id,
        touches.person_key,
        touches.touchpoint_id,
        touches.visit_key,
        touches.occurred_at,
        touches.channel_id,
        touches.campaign_id,
        touches.is_direct,
        cast(null as double) as age_days
    from {{ref "int_touchpoints"}} as touches
    {{#if (is_incremental)}}
    inner join changed_people
        on changed_people.person_key = touches.person_key
    {{/if}}
    left join last_orders
        on last_orders.customer_id = touches.person_key
    where last_orders.last_order_at is null
        or touches.occurred_at > last_orders.last_order_at
),

touches as (
    select * from touches_before_orders
    union all
    select * from touches_without_order
)

select
    touches.path_key,
    row_number() over (partition by touches.path_key order by touches.occurred_at, touches.visit_key) as touch_position,
    count(*) over (partition by touches.path_key) as touch_count,
    touches.is_conversion,
    touches.order_id,
    touches.touchpoint_id,
    touches.occurred_at,
    touches.age_days,
    touches.channel_id,
    touches.campaign_id,
    touches.is_direct,
    touches.person_key,
    people.version as person_version,
    cast(bit_xor(
        {{bigint_key (list
            "touches.visit_key"
            "touches.occurred_at"
            "touches.channel_id"
            "coalesce(touches.campaign_id, '')"
            "touches.is_direct"
        )}}
    ) over (partition by touches.path_key) as signed) as path_version
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from touches
inner join {{ref "int_path_people"}} as people
    on people.person_key = touches.person_key
{{#if (is_incremental)}}
union all
{{gone_rows table=this parent=(ref "int_path_people") keys=(list "person_key") remade="changed_people"}}
{{/if}}
