{{config
    materialized="table"
    indexes=(list (dict columns=(list "attribution_model" "date_key" "channel_id" "campaign_id")))
}}

-- Reports by channel and by campaign add up the same rows: they are read here, once. Doubles are added up as decimals,
-- in which the order of the rows makes no difference.
select
    attribution_model,
    date_key,
    channel_id,
    campaign_id,
    cast(sum(cast(attributed_orders as decimal(20,12))) as decimal(42,12)) as attributed_orders,
    cast(sum(attributed_revenue) as decimal(18,2)) as attributed_revenue,
    cast(sum(attributed_net_revenue) as decimal(18,2)) as attributed_net_revenue,
    cast(sum(cast(attributed_new_customers as decimal(20,12))) as decimal(42,12)) as attributed_new_customers
from {{ref "fct_attribution"}}
group by attribution_model, date_key, channel_id, campaign_id
