{{config
    materialized="table"
    primary_key=(list "attribution_model" "date_key" "channel_id")
}}

-- Spend goes to the channel that the ads of its platform bring visits of, and stands under every model: filter one
-- model before you add spend up.
with models as (
    {{#each (var "attribution_models") as |model|}}
    select '{{model}}' as attribution_model{{#unless @last}} union all{{/unless}}
    {{/each}}
),

spend as (
    select
        spend.date_key,
        channels.channel_id,
        sum(spend.spend) as spend,
        sum(spend.impressions) as impressions,
        sum(spend.clicks) as clicks,
        sum(spend.platform_purchases) as platform_purchases,
        sum(spend.platform_revenue) as platform_revenue
    from {{ref "fct_ad_spend"}} as spend
    inner join {{ref "ad_platform_channels"}} as platform_channels
        on platform_channels.platform = spend.platform
    inner join {{ref "dim_channels"}} as channels
        on channels.channel = platform_channels.channel
    group by spend.date_key, channels.channel_id
),

-- Spend and attribution one below the other, so that a channel needs only one of them to have a row.
measures as (
    select
        models.attribution_model,
        spend.*,
        null as attributed_orders,
        null as attributed_revenue,
        null as attributed_net_revenue,
        null as attributed_new_customers
    from spend
    cross join models
    union all
    select
        attribution_model,
        date_key,
        channel_id,
        null as spend,
        null as impressions,
        null as clicks,
        null as platform_purchases,
        null as platform_revenue,
        sum(attributed_orders) as attributed_orders,
        sum(attributed_revenue) as attributed_revenue,
        sum(attributed_net_revenue) as attributed_net_revenue,
        sum(attributed_new_customers) as attributed_new_customers
    from {{ref "int_attribution_days"}}
    group by attribution_model, date_key, channel_id
),

totals as (
    select
        attribution_model,
        date_key,
        channel_id,
        sum(spend) as spend,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(attributed_orders) as attributed_orders,
        sum(attributed_revenue) as attributed_revenue,
        sum(attributed_net_revenue) as attributed_net_revenue,
        sum(attributed_new_customers) as attributed_new_customers,
        sum(platform_purchases) as platform_purchases,
        sum(platform_revenue) as platform_revenue
    from measures
    group by attribution_model, date_key, channel_id
)

select
    totals.attribution_model,
    totals.date_key,
    totals.channel_id,
    channels.channel,
    cast(coalesce(totals.spend, 0) as decimal(18,2)) as spend,
    cast(coalesce(totals.impressions, 0) as signed) as impressions,
    cast(coalesce(totals.clicks, 0) as signed) as clicks,
    cast(coalesce(totals.attributed_orders, 0) as decimal(42,12)) as attributed_orders,
    cast(coalesce(totals.attributed_revenue, 0) as decimal(18,2)) as attributed_revenue,
    cast(coalesce(totals.attributed_net_revenue, 0) as decimal(18,2)) as attributed_net_revenue,
    cast(coalesce(totals.attributed_new_customers, 0) as decimal(42,12)) as attributed_new_customers,
    totals.attributed_revenue * 1e0 / nullif(totals.spend, 0) as roas,
    totals.spend * 1e0 / nullif(totals.attributed_orders, 0) as cpa,
    totals.spend * 1e0 / nullif(totals.attributed_new_customers, 0) as cac,
    totals.attributed_revenue * 1e0 / nullif(
        sum(totals.attributed_revenue) over (partition by totals.attribution_model, totals.date_key), 0
    ) as revenue_share,
    cast(coalesce(totals.platform_purchases, 0) as decimal(18,4)) as platform_purchases,
    cast(coalesce(totals.platform_revenue, 0) as decimal(18,2)) as platform_revenue,
    totals.platform_revenue * 1e0 / nullif(totals.attributed_revenue, 0) as over_claim
from totals
inner join {{ref "dim_channels"}} as channels
    on channels.channel_id = totals.channel_id
