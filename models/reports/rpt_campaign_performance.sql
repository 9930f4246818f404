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

-- The campaign that each ad set and ad belongs to.
campaigns as (
    select
        parts.campaign_id as part_id,
        whole.campaign_id
    from {{ref "dim_campaigns"}} as parts
    inner join {{ref "dim_campaigns"}} as whole
        on whole.platform = parts.platform
        and whole.platform_campaign_id = parts.platform_campaign_id
        and whole.platform_adset_id = ''
        and whole.platform_ad_id = ''
),

spend as (
    select
        spend.date_key,
        campaigns.campaign_id,
        sum(spend.spend) as spend,
        sum(spend.impressions) as impressions,
        sum(spend.clicks) as clicks,
        sum(spend.platform_purchases) as platform_purchases,
        sum(spend.platform_revenue) as platform_revenue
    from {{ref "fct_ad_spend"}} as spend
    inner join campaigns
        on campaigns.part_id = spend.campaign_id
    group by spend.date_key, campaigns.campaign_id
),

-- Spend and attribution one below the other, so that a campaign needs only one of them to have a row.
attributed as (
    select
        models.attribution_model,
        spend.date_key,
        spend.campaign_id,
        null as attributed_orders,
        null as attributed_revenue,
        null as attributed_net_revenue,
        null as attributed_new_customers
    from spend
    cross join models
    union all
    select
        parts.attribution_model,
        parts.date_key,
        campaigns.campaign_id,
        parts.attributed_orders,
        parts.attributed_revenue,
        parts.attributed_net_revenue,
        parts.attributed_new_customers
    from {{ref "int_attribution_days"}} as parts
    inner join campaigns
        on campaigns.part_id = parts.campaign_id
),

-- There are nearly as many groups as rows: sorting them (`sql_big_result`) takes a third of the time of looking each up
-- in a table that does not fit into memory.
totals as (
    select sql_big_result
        attribution_model,
        date_key,
        campaign_id,
        sum(attributed_orders) as attributed_orders,
        sum(attributed_revenue) as attributed_revenue,
        sum(attributed_net_revenue) as attributed_net_revenue,
        sum(attributed_new_customers) as attributed_new_customers
    from attributed
    group by attribution_model, date_key, campaign_id
)

select
    totals.attribution_model,
    totals.date_key,
    totals.campaign_id,
    campaigns.platform,
    campaigns.platform_campaign_id,
    campaigns.campaign_name,
    campaigns.funnel_stage,
    cast(coalesce(spend.spend, 0) as decimal(18,2)) as spend,
    cast(coalesce(spend.impressions, 0) as signed) as impressions,
    cast(coalesce(spend.clicks, 0) as signed) as clicks,
    cast(coalesce(totals.attributed_orders, 0) as decimal(42,12)) as attributed_orders,
    cast(coalesce(totals.attributed_revenue, 0) as decimal(18,2)) as attributed_revenue,
    cast(coalesce(totals.attributed_net_revenue, 0) as decimal(18,2)) as attributed_net_revenue,
    cast(coalesce(totals.attributed_new_customers, 0) as decimal(42,12)) as attributed_new_customers,
    totals.attributed_revenue * 1e0 / nullif(spend.spend, 0) as roas,
    spend.spend * 1e0 / nullif(totals.attributed_orders, 0) as cpa,
    spend.spend * 1e0 / nullif(totals.attributed_new_customers, 0) as cac,
    cast(coalesce(spend.platform_purchases, 0) as decimal(18,4)) as platform_purchases,
    cast(coalesce(spend.platform_revenue, 0) as decimal(18,2)) as platform_revenue,
    spend.platform_revenue * 1e0 / nullif(totals.attributed_revenue, 0) as over_claim
from totals
inner join {{ref "dim_campaigns"}} as campaigns
    on campaigns.campaign_id = totals.campaign_id
left join spend
    on spend.date_key = totals.date_key
    and spend.campaign_id = totals.campaign_id
