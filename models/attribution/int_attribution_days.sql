{{config
    materialized="incremental"
    unique_key=(list "attribution_model" "date_key")
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    column_types=(dict
        attribution_model="varchar(50)"
        date_key="int"
    )
    indexes=(list (dict columns=(list "attribution_model" "date_key" "channel_id" "campaign_id")))
}}

-- One number for all orders of a day. The first rows of one model stand for their orders, as they do in `fct_attribution`.
with orders_of_days as (
    select
        date_key,
        cast(bit_xor(order_version) as signed) as orders_version
    from {{ref "fct_attribution"}}
    where attribution_model = '{{lookup (var "attribution_models") 0}}'
        and touch_position = 1
    group by date_key
),

-- Sums of Markov are other ones with its weights, too. These are the same in all of its rows, so that any row tells them.
models as (
    {{#each (var "attribution_models") as |model|}}
    select
        '{{model}}' as attribution_model,
        {{#if (eq model "markov")}}
        (select weights_version from {{ref "fct_attribution"}} where attribution_model = 'markov' limit 1) as weights_version
        {{else}}
        null as weights_version
        {{/if}}
    {{#unless @last}}
    union all
    {{/unless}}
    {{/each}}
),

-- The orders of a day are looked at once for all models: that is most of what a daily build costs here.
day_versions as (
    select
        models.attribution_model,
        orders_of_days.date_key,
        {{bigint_key (list "orders_of_days.orders_version" "coalesce(models.weights_version, '')")}} as day_version
    from orders_of_days
    cross join models
),

days_to_make as (
    select days.*
    from day_versions as days
    {{#if (is_incremental)}}
    where not exists (
        select 1
        from {{this}} as previous
        where previous.attribution_model = days.attribution_model
            and previous.date_key = days.date_key
            and previous.day_version = days.day_version
    )
    {{/if}}
){{#if (is_incremental)}},

-- An index alone tells them.
days_with_orders as (
    select distinct attribution_model, date_key
    from {{ref "fct_attribution"}}
)
{{/if}}

-- Reports by channel and by campaign add up the same rows: they are read here, once. Doubles are added up as decimals,
-- in which the order of the rows makes no difference. The few days come first, then their rows along an index that
-- servers take for a bad one.
select
    shares.attribution_model,
    shares.date_key,
    shares.channel_id,
    shares.campaign_id,
    cast(sum(cast(shares.attributed_orders as decimal(20,12))) as decimal(42,12)) as attributed_orders,
    cast(sum(shares.attributed_revenue) as decimal(18,2)) as attributed_revenue,
    cast(sum(shares.attributed_net_revenue) as decimal(18,2)) as attributed_net_revenue,
    cast(sum(cast(shares.attributed_new_customers as decimal(20,12))) as decimal(42,12)) as attributed_new_customers,
    min(days.day_version) as day_version
    {{#if (is_incremental)}}
    , 0 as is_gone
from days_to_make as days
straight_join {{ref "fct_attribution"}} as shares force index (ix_model_and_day)
    on shares.attribution_model = days.attribution_model
    and shares.date_key = days.date_key
    {{else}}
from {{ref "fct_attribution"}} as shares
inner join days_to_make as days
    on days.attribution_model = shares.attribution_model
    and days.date_key = shares.date_key
    {{/if}}
group by shares.attribution_model, shares.date_key, shares.channel_id, shares.campaign_id
{{#if (is_incremental)}}
union all
{{gone_rows table=this parent="days_with_orders" keys=(list "attribution_model" "date_key")}}
{{/if}}
