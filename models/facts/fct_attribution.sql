{{config
    materialized="incremental"
    unique_key=(list "attribution_model" "order_id")
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    column_types=(dict
        attribution_model="varchar(50)"
        date_key="int"
    )
    primary_key=(list "attribution_model" "order_id" "touch_position")
    indexes=(list
        (dict columns=(list "order_id"))
        (dict columns=(list "attribution_model" "date_key") name="ix_model_and_day")
        (dict columns=(list "campaign_id"))
    )
}}

-- One number for an order and all that its rows are made of: its path, its time, its amounts, its day, and whether it is a
-- first one. What else the person did is no part of it, so that a new visit leaves the earlier orders as they are.
with versions as (
    select
        orders.order_id,
        {{bigint_key (list
            "orders.order_id"
            "coalesce(paths.path_version, '')"
            "orders.order_created_at"
            (concat "orders." (attribution_amount))
            "orders.net_revenue"
            "orders.revenue_date_key"
            "orders.is_new_customer"
        )}} as order_version
    from {{ref "fct_orders"}} as orders
    -- The key of a path that ends with an order is that of the order.
    left join {{ref "int_attribution_paths"}} as paths
        on paths.path_key = orders.order_id
        and paths.touch_position = 1
    where orders.is_valid = 1
),

{{#if (in "markov" (var "attribution_models"))}}
-- The weights move with every path. Then all rows of Markov are made again, and those of the other models are not.
markov_weights as (
    select cast(coalesce(bit_xor({{bigint_key (list "channel_id" "removal_effect")}}), 0) as signed) as weights_version
    {{! Looked up by a name that is put together: the model is there only where Markov is asked for. }}
    from {{ref (concat "int_" "markov_weights")}}
),
{{/if}}

{{#if (is_incremental)}}
-- The first rows of one model stand for the order.
orders_to_make as (
    select
        versions.order_id,
        versions.order_version,
        not (previous.order_version <=> versions.order_version) as is_other
    from versions
    left join {{this}} as previous
        on previous.attribution_model = '{{lookup (var "attribution_models") 0}}'
        and previous.order_id = versions.order_id
        and previous.touch_position = 1
    {{#if (in "markov" (var "attribution_models"))}}
    left join {{this}} as previous_markov
        on previous_markov.attribution_model = 'markov'
        and previous_markov.order_id = versions.order_id
        and previous_markov.touch_position = 1
    {{/if}}
    where not (previous.order_version <=> versions.order_version)
        {{#if (in "markov" (var "attribution_models"))}}
        or not (previous_markov.weights_version <=> (select weights_version from markov_weights))
        {{/if}}
),
{{else}}
orders_to_make as (
    select
        versions.*,
        1 as is_other
    from versions
),
{{/if}}

-- A path for every valid order. One that no touch precedes is nobody's merit: its only step is the channel Unattributed.
path_touches as (
    select
        orders.*,
        paths.touchpoint_id,
        paths.touch_position,
        paths.touch_count,
        paths.channel_id,
        paths.campaign_id,
        paths.is_direct,
        paths.age_days
    from orders_to_make as orders
    inner join {{ref "int_attribution_paths"}} as paths
        on paths.order_id = orders.order_id
    union all
    select
        orders.*,
        null as touchpoint_id,
        1 as touch_position,
        1 as touch_count,
        channels.channel_id,
        null as campaign_id,
        0 as is_direct,
        0e0 as age_days
    from orders_to_make as orders
    inner join {{ref "dim_channels"}} as channels
        on channels.channel = 'Unattributed'
    where not exists (
        select 1
        from {{ref "int_attribution_paths"}} as paths
        where paths.order_id = orders.order_id
    )
),

channels_of_paths as (
    select
        path_touches.*,
        pow(2e0, -age_days / {{var "attribution_half_life_days"}}) as decay,
        count(*) over (partition by order_id, channel_id) as touches_of_channel,
        row_number() over (partition by order_id, channel_id order by touch_position) as touch_of_channel
    from path_touches
),

-- Doubles are added up in the order of the path, so that two builds differ in no bit.
path_values as (
    select
        touches.*,
        max(case when touches.is_direct = 0 then touches.touch_position end) over whole_path as last_non_direct,
        {{#if (in "markov" (var "attribution_models"))}}
        -- A channel that is newer than the weights, which are made once a week, has no effect yet.
        coalesce(markov.removal_effect, 0e0) as removal_effect,
        sum(coalesce(markov.removal_effect, 0e0)) over whole_path as path_removal_effect,
        {{/if}}
        sum(case when touches.touch_of_channel = 1 then 1 else 0 end) over whole_path as channels_in_path,
        sum(touches.decay) over whole_path as path_decay
    from channels_of_paths as touches
    {{#if (in "markov" (var "attribution_models"))}}
    left join {{ref (concat "int_" "markov_weights")}} as markov
        on markov.channel_id = touches.channel_id
    {{/if}}
    window whole_path as (
        partition by touches.order_id
        order by touches.touch_position
        rows between unbounded preceding and unbounded following
    )
),

-- What each model gives a touch. 1e0 makes every division one of doubles; a DECIMAL third would be 0.3333.
weights as (
    select
        {{#each (var "attribution_models" one_of=(list
            "first_click" "last_click" "last_non_direct" "linear" "time_decay" "position_based" "markov" "shapley"
        )) as |model|}}
        {{#if (eq model "first_click")}}
        case when touch_position = 1 then 1e0 else 0e0 end as {{model}}_weight,
        {{/if}}
        {{#if (eq model "last_click")}}
        case when touch_position = touch_count then 1e0 else 0e0 end as {{model}}_weight,
        {{/if}}
        {{#if (eq model "last_non_direct")}}
        case
            when touch_position = coalesce(last_non_direct, touch_count) then 1e0 else 0e0
        end as {{model}}_weight,
        {{/if}}
        {{#if (eq model "linear")}}
        1e0 / touch_count as {{model}}_weight,
        {{/if}}
        {{#if (eq model "time_decay")}}
        decay / path_decay as {{model}}_weight,
        {{/if}}
        {{#if (eq model "position_based")}}
        case
            when touch_count = 1 then 1e0
            when touch_count = 2 then 0.5e0
            when touch_position = 1 then {{lookup (var "attribution_position") "first"}}
            when touch_position = touch_count then {{lookup (var "attribution_position") "last"}}
            else {{lookup (var "attribution_position") "middle"}} * 1e0 / (touch_count - 2)
        end as {{model}}_weight,
        {{/if}}
        {{#if (eq model "markov")}}
        coalesce(removal_effect * 1e0 / nullif(path_removal_effect, 0), 1e0 / touch_count) as {{model}}_weight,
        {{/if}}
        {{#if (eq model "shapley")}}
        1e0 / (channels_in_path * touches_of_channel) as {{model}}_weight,
        {{/if}}
        {{/each}}
        order_id,
        order_version,
        is_other,
        touchpoint_id,
        touch_position,
        touch_count,
        channel_id,
        campaign_id
    from path_values
),

-- What earlier touches of the path have of it. The models still stand side by side here: a row for each of them is
-- made last, when nothing has to be sorted any more.
shares_before as (
    select
        {{#each (var "attribution_models") as |model|}}
        coalesce(sum({{model}}_weight) over earlier_touches, 0) as {{model}}_before,
        {{/each}}
        weights.*
    from weights
    window earlier_touches as (
        partition by order_id
        order by touch_position
        rows between unbounded preceding and 1 preceding
    )
),

rows_of_models as (
    select
        models.attribution_model,
        touches.order_id,
        touches.order_version,
        touches.touch_position,
        touches.touch_count,
        touches.touchpoint_id,
        touches.channel_id,
        touches.campaign_id,
        case models.attribution_model
            {{#each (var "attribution_models") as |model|}}
            when '{{model}}' then touches.{{model}}_weight
            {{/each}}
        end as weight,
        case models.attribution_model
            {{#each (var "attribution_models") as |model|}}
            when '{{model}}' then touches.{{model}}_before
            {{/each}}
        end as share_before
    from shares_before as touches
    cross join (
        {{#each (var "attribution_models") as |model|}}
        select '{{model}}' as attribution_model{{#unless @last}} union all{{/unless}}
        {{/each}}
    ) as models
    where touches.is_other = 1
        or models.attribution_model = 'markov'
),

-- Shares of money have twelve digits.
shares as (
    select
        rows_of_models.*,
        cast(least(share_before, 1e0) as decimal(20,12)) as share_before_touch,
        cast(least(share_before + weight, 1e0) as decimal(20,12)) as share_through_touch
    from rows_of_models
)

-- Cents: the rounded running share less what earlier touches have; the last touch takes the rest.
select
    shares.attribution_model,
    shares.order_id,
    shares.touch_position,
    shares.touch_count,
    shares.touchpoint_id,
    shares.channel_id,
    shares.campaign_id,
    orders.revenue_date_key as date_key,
    shares.weight,
    shares.weight as attributed_orders,
    cast(
        case
            when shares.touch_position = shares.touch_count then orders.{{attribution_amount}}
            else round(orders.{{attribution_amount}} * shares.share_through_touch, 2)
        end - round(orders.{{attribution_amount}} * shares.share_before_touch, 2)
        as decimal(18,2)
    ) as attributed_revenue,
    cast(
        case
            when shares.touch_position = shares.touch_count then orders.net_revenue
            else round(orders.net_revenue * shares.share_through_touch, 2)
        end - round(orders.net_revenue * shares.share_before_touch, 2)
        as decimal(18,2)
    ) as attributed_net_revenue,
    orders.is_new_customer,
    shares.weight * orders.is_new_customer as attributed_new_customers,
    shares.order_version,
    {{#if (in "markov" (var "attribution_models"))}}
    case
        when shares.attribution_model = 'markov' then (select weights_version from markov_weights)
    end as weights_version
    {{else}}
    cast(null as signed) as weights_version
    {{/if}}
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from shares
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = shares.order_id
{{#if (is_incremental)}}
union all
-- In this order: the few orders first, then their rows along the key.
select previous.*, 1 as is_gone
from (
    select distinct first_rows.order_id
    from {{this}} as first_rows
    left join {{ref "fct_orders"}} as orders
        on orders.order_id = first_rows.order_id
        and orders.is_valid = 1
    where first_rows.attribution_model = '{{lookup (var "attribution_models") 0}}'
        and first_rows.touch_position = 1
        and orders.order_id is null
) as gone_orders
straight_join {{this}} as previous
    on previous.order_id = gone_orders.order_id
{{/if}}
