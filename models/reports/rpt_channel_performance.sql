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

attributed as (
    select
        attribution_model,
        date_key,
        channel_id,
        sum(cast(attributed_orders as decimal(20,12))) as attributed_orders,
        sum(attributed_revenue) as attributed_revenue,
        sum(attributed_net_revenue) as attributed_net_revenue,
        sum(cast(attributed_new_customers as decimal(20,12))) as attributed_new_customers
    from {{ref "fct_attribution"}}
    group by attribution_model, date_key, channel_id
),

cells as (
    select models.attribution_model, spend.date_key, spend.channel_id
    from spend
    cross join models
    union
    select attribution_model, date_key, channel_id
    from attributed
)

select
    cells.attribution_model,
    cells.date_key,
    cells.channel_id,
    channels.channel,
    cast(coalesce(spend.spend, 0) as decimal(18,2)) as spend,
    cast(coalesce(spend.impressions, 0) as signed) as impressions,
    cast(coalesce(spend.clicks, 0) as signed) as clicks,
    coalesce(attributed.attributed_orders, 0) as attributed_orders,
    cast(coalesce(attributed.attributed_revenue, 0) as decimal(18,2)) as attributed_revenue,
    cast(coalesce(attributed.attributed_net_revenue, 0) as decimal(18,2)) as attributed_net_revenue,
    coalesce(attributed.attributed_new_customers, 0) as attributed_new_customers,
    attributed.attributed_revenue * 1e0 / nullif(spend.spend, 0) as roas,
    spend.spend * 1e0 / nullif(attributed.attributed_orders, 0) as cpa,
    spend.spend * 1e0 / nullif(attributed.attributed_new_customers, 0) as cac,
    attributed.attributed_revenue * 1e0 / nullif(
        sum(attributed.attributed_revenue) over (partition by cells.attribution_model, cells.date_key), 0
    ) as revenue_share,
    cast(coalesce(spend.platform_purchases, 0) as decimal(18,4)) as platform_purchases,
    cast(coalesce(spend.platform_revenue, 0) as decimal(18,2)) as platform_revenue,
    spend.platform_revenue * 1e0 / nullif(attributed.attributed_revenue, 0) as over_claim
from cells
inner join {{ref "dim_channels"}} as channels
    on channels.channel_id = cells.channel_id
left join spend
    on spend.date_key = cells.date_key
    and spend.channel_id = cells.channel_id
left join attributed
    on attributed.attribution_model = cells.attribution_model
    and attributed.date_key = cells.date_key
    and attributed.channel_id = cells.channel_id
