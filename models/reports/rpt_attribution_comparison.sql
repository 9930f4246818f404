{{config
    materialized="table"
    primary_key=(list "channel_id" "attribution_model")
}}

with by_channel as (
    select
        channel_id,
        attribution_model,
        cast(sum(attributed_orders) as decimal(42,12)) as attributed_orders,
        sum(attributed_revenue) as attributed_revenue,
        sum(attributed_net_revenue) as attributed_net_revenue,
        cast(sum(attributed_new_customers) as decimal(42,12)) as attributed_new_customers
    from {{ref "int_attribution_days"}}
    group by channel_id, attribution_model
)

select
    by_channel.channel_id,
    channels.channel,
    by_channel.attribution_model,
    by_channel.attributed_orders,
    cast(by_channel.attributed_revenue as decimal(18,2)) as attributed_revenue,
    cast(by_channel.attributed_net_revenue as decimal(18,2)) as attributed_net_revenue,
    by_channel.attributed_new_customers,
    by_channel.attributed_revenue * 1e0
    / nullif(sum(by_channel.attributed_revenue) over (partition by by_channel.attribution_model), 0) as revenue_share
from by_channel
inner join {{ref "dim_channels"}} as channels
    on channels.channel_id = by_channel.channel_id
