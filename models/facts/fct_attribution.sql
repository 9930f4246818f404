{{config
    materialized="table"
    column_types=(dict
        attribution_model="varchar(50)"
        date_key="int"
    )
    primary_key=(list "attribution_model" "order_id" "touch_position")
    indexes=(list
        (dict columns=(list "order_id"))
        (dict columns=(list "attribution_model" "date_key"))
        (dict columns=(list "campaign_id"))
    )
}}

with path_touches as (
    select
        order_id,
        touchpoint_id,
        touch_position,
        touch_count,
        channel_id,
        campaign_id,
        pow(2e0, -age_days / {{var "attribution_half_life_days"}}) as decay,
        max(case when is_direct = 0 then touch_position end) over (partition by order_id) as last_non_direct,
        count(*) over (partition by order_id, channel_id) as touches_of_channel,
        row_number() over (partition by order_id, channel_id order by touch_position) as touch_of_channel
    from {{ref "int_attribution_paths"}}
    where is_conversion = 1
),

-- Doubles are added up in the order of the path, so that two builds differ in no bit.
{{#if (in "markov" (var "attribution_models"))}}
path_values as (
    select
        touches.*,
        {{! Looked up by a name that is put together: the model is there only where Markov is asked for. }}
        weights.removal_effect,
        sum(weights.removal_effect) over whole_path as path_removal_effect,
        sum(case when touch_of_channel = 1 then 1 else 0 end) over (partition by touches.order_id) as channels_in_path,
        sum(decay) over whole_path as path_decay
    from path_touches as touches
    left join {{ref (concat "int_" "markov_weights")}} as weights
        on weights.channel_id = touches.channel_id
    window whole_path as (
        partition by touches.order_id
        order by touch_position
        rows between unbounded preceding and unbounded following
    )
),
{{else}}
path_values as (
    select
        touches.*,
        sum(case when touch_of_channel = 1 then 1 else 0 end) over (partition by order_id) as channels_in_path,
        sum(decay) over whole_path as path_decay
    from path_touches as touches
    window whole_path as (
        partition by order_id
        order by touch_position
        rows between unbounded preceding and unbounded following
    )
),
{{/if}}

-- 1e0 makes every division one of doubles; a DECIMAL third would be 0.3333.
weighted as (
    {{#each (var "attribution_models") as |model|}}
    select
        '{{model}}' as attribution_model,
        order_id,
        touchpoint_id,
        touch_position,
        touch_count,
        channel_id,
        campaign_id,
        {{#if (eq model "first_click")}}
        case when touch_position = 1 then 1e0 else 0e0 end as weight
        {{/if}}
        {{#if (eq model "last_click")}}
        case when touch_position = touch_count then 1e0 else 0e0 end as weight
        {{/if}}
        {{#if (eq model "last_non_direct")}}
        case when touch_position = coalesce(last_non_direct, touch_count) then 1e0 else 0e0 end as weight
        {{/if}}
        {{#if (eq model "linear")}}
        1e0 / touch_count as weight
        {{/if}}
        {{#if (eq model "time_decay")}}
        decay / path_decay as weight
        {{/if}}
        {{#if (eq model "position_based")}}
        case
            when touch_count = 1 then 1e0
            when touch_count = 2 then 0.5e0
            when touch_position = 1 then {{lookup (var "attribution_position") "first"}}
            when touch_position = touch_count then {{lookup (var "attribution_position") "last"}}
            else {{lookup (var "attribution_position") "middle"}} * 1e0 / (touch_count - 2)
        end as weight
        {{/if}}
        {{#if (eq model "markov")}}
        coalesce(removal_effect * 1e0 / nullif(path_removal_effect, 0), 1e0 / touch_count) as weight
        {{/if}}
        {{#if (eq model "shapley")}}
        1e0 / (channels_in_path * touches_of_channel) as weight
        {{/if}}
    from path_values
    {{#unless @last}}
    union all
    {{/unless}}
    {{/each}}
),

-- An order that no touch precedes is nobody's merit, and still a row under every model.
unattributed as (
    select
        models.attribution_model,
        orders.order_id
    from {{ref "fct_orders"}} as orders
    cross join (
        {{#each (var "attribution_models") as |model|}}
        select '{{model}}' as attribution_model{{#unless @last}} union all{{/unless}}
        {{/each}}
    ) as models
    left join {{ref "int_attribution_paths"}} as paths
        on paths.order_id = orders.order_id
    where orders.is_valid = 1
        and paths.order_id is null
),

rows_of_orders as (
    select * from weighted
    union all
    select
        unattributed.attribution_model,
        unattributed.order_id,
        null as touchpoint_id,
        1 as touch_position,
        1 as touch_count,
        channels.channel_id,
        null as campaign_id,
        1e0 as weight
    from unattributed
    inner join {{ref "dim_channels"}} as channels
        on channels.channel = 'Unattributed'
),

running as (
    select
        rows_of_orders.*,
        cast(
            least(sum(weight) over (
                partition by attribution_model, order_id
                order by touch_position
                rows between unbounded preceding and current row
            ), 1e0)
            as decimal(20,12)
        ) as weight_through_touch
    from rows_of_orders
),

-- Cents: the rounded running share less what earlier touches have; the last touch takes the rest.
shared as (
    select
        running.*,
        orders.revenue_date_key as date_key,
        orders.is_new_customer,
        case
            when touch_position = touch_count then orders.{{attribution_amount}}
            else round(orders.{{attribution_amount}} * weight_through_touch, 2)
        end as revenue_through_touch,
        case
            when touch_position = touch_count then orders.net_revenue
            else round(orders.net_revenue * weight_through_touch, 2)
        end as net_revenue_through_touch
    from running
    inner join {{ref "fct_orders"}} as orders
        on orders.order_id = running.order_id
)

select
    attribution_model,
    order_id,
    touch_position,
    touch_count,
    touchpoint_id,
    channel_id,
    campaign_id,
    date_key,
    weight,
    weight as attributed_orders,
    cast(
        revenue_through_touch - coalesce(lag(revenue_through_touch) over path, 0) as decimal(18,2)
    ) as attributed_revenue,
    cast(
        net_revenue_through_touch - coalesce(lag(net_revenue_through_touch) over path, 0) as decimal(18,2)
    ) as attributed_net_revenue,
    is_new_customer,
    weight * is_new_customer as attributed_new_customers
from shared
window path as (partition by attribution_model, order_id order by touch_position)
