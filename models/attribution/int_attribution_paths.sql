{{config
    materialized="table"
    primary_key=(list "path_key" "touch_position")
    indexes=(list (dict columns=(list "order_id")))
}}

with orders as (
    select
        order_id,
        customer_id,
        order_created_at,
        lag(order_created_at) over (partition by customer_id order by order_created_at, order_id) as previous_order_at
    from {{ref "fct_orders"}}
    where is_valid = 1
        -- A marketplace brings its own buyers: no visit of the shop led there.
        and sales_channel <> 'meli'
),

last_orders as (
    select
        customer_id,
        max(order_created_at) as last_order_at
    from {{ref "fct_orders"}}
    where is_valid = 1
    group by customer_id
),

-- Both ends of the window count.
touches_before_orders as (
    select
        orders.order_id as path_key,
        1 as is_conversion,
        orders.order_id,
        touches.touchpoint_id,
        touches.visit_key,
        touches.occurred_at,
        touches.channel_id,
        touches.campaign_id,
        touches.is_direct,
        timestampdiff(microsecond, touches.occurred_at, orders.order_created_at) / 86400e6 as age_days
    from orders
    inner join {{ref "int_touchpoints"}} as touches
        on touches.customer_id = orders.customer_id
        and touches.occurred_at between orders.order_created_at - interval {{var "attribution_lookback_days"}} day
            and orders.order_created_at
        {{#if (var "attribution_reset_after_order")}}
        and (orders.previous_order_at is null or touches.occurred_at > orders.previous_order_at)
        {{/if}}
),

-- What a person did after the last valid order led to nothing yet.
touches_without_order as (
    select
        {{bigint_key (list "'open'" "coalesce(touches.customer_id, touches.anonymous_id, touches.visit_key)")}} as path_key,
        0 as is_conversion,
        cast(null as signed) as order_id,
        touches.touchpoint_id,
        touches.visit_key,
        touches.occurred_at,
        touches.channel_id,
        touches.campaign_id,
        touches.is_direct,
        cast(null as double) as age_days
    from {{ref "int_touchpoints"}} as touches
    left join last_orders
        on last_orders.customer_id = touches.customer_id
    where last_orders.last_order_at is null
        or touches.occurred_at > last_orders.last_order_at
),

touches as (
    select * from touches_before_orders
    union all
    select * from touches_without_order
)

select
    path_key,
    row_number() over (partition by path_key order by occurred_at, visit_key) as touch_position,
    count(*) over (partition by path_key) as touch_count,
    is_conversion,
    order_id,
    touchpoint_id,
    occurred_at,
    age_days,
    channel_id,
    campaign_id,
    is_direct
from touches
