{{config
    materialized="table"
    primary_key=(list "attribution_model" "date_key" "campaign_id")
}}

-- By campaign, ad sets and ads summed up. Orders of no campaign are in the channel report only.
with models as (
    {{#each (var "attribution_models") as |model|}}
    select '{{model}}' as attribution_model{{#unless @last}} union all{{/unless}}
    {{/each}}
),

campaigns as (
    select
        campaigns.campaign_id as ad_campaign_id,
        whole.campaign_id,
        whole.platform,
        whole.platform_campaign_id,
        whole.campaign_name,
        whole.funnel_stage
    from {{ref "dim_campaigns"}} as campaigns
    inner join {{ref "dim_campaigns"}} as whole
        on whole.platform = campaigns.platform
        and whole.platform_campaign_id = campaigns.platform_campaign_id
        and whole.platform_adset_id = ''
        and whole.platform_ad_id = ''
),

spend as (
    select
        campaigns.campaign_id,
        spend.date_key,
        sum(spend.spend) as spend,
        sum(spend.impressions) as impressions,
        sum(spend.clicks) as clicks,
        sum(spend.platform_purchases) as platform_purchases,
        sum(spend.platform_revenue) as platform_revenue
    from {{ref "fct_ad_spend"}} as spend
    inner join campaigns
        on campaigns.ad_campaign_id = spend.campaign_id
    group by campaigns.campaign_id, spend.date_key
),

attributed as (
    select
        attribution.attribution_model,
        attribution.date_key,
        campaigns.campaign_id,
        sum(cast(attribution.attributed_orders as decimal(20,12))) as attributed_orders,
        sum(attribution.attributed_revenue) as attributed_revenue,
        sum(attribution.attributed_net_revenue) as attributed_net_revenue,
        sum(cast(attribution.attributed_new_customers as decimal(20,12))) as attributed_new_customers
    from {{ref "fct_attribution"}} as attribution
    inner join campaigns
        on campaigns.ad_campaign_id = attribution.campaign_id
    group by attribution.attribution_model, attribution.date_key, campaigns.campaign_id
),

cells as (
    select models.attribution_model, spend.date_key, spend.campaign_id
    from spend
    cross join models
    union
    select attribution_model, date_key, campaign_id
    from attributed
)

select
    cells.attribution_model,
    cells.date_key,
    cells.campaign_id,
    campaigns.platform,
    campaigns.platform_campaign_id,
    campaigns.campaign_name,
    campaigns.funnel_stage,
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
    cast(coalesce(spend.platform_purchases, 0) as decimal(18,4)) as platform_purchases,
    cast(coalesce(spend.platform_revenue, 0) as decimal(18,2)) as platform_revenue,
    spend.platform_revenue * 1e0 / nullif(attributed.attributed_revenue, 0) as over_claim
from cells
inner join campaigns
    on campaigns.ad_campaign_id = cells.campaign_id
left join spend
    on spend.date_key = cells.date_key
    and spend.campaign_id = cells.campaign_id
left join attributed
    on attributed.attribution_model = cells.attribution_model
    and attributed.date_key = cells.date_key
    and attributed.campaign_id = cells.campaign_id
