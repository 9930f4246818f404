{{config
    materialized="table"
    column_types=(dict
        date_key="int"
        platform="varchar(50)"
        impressions="bigint"
        clicks="bigint"
    )
    primary_key=(list "campaign_id" "date_key")
    indexes=(list (dict columns=(list "date_key")))
}}

select
    campaign_id,
    date_key,
    spend_date,
    platform,
    account_id,
    platform_campaign_id,
    currency,
    impressions,
    reach,
    clicks,
    spend,
    spend_in_currency,
    platform_purchases,
    platform_revenue,
    platform_leads,
    video_views
from {{ref "int_ad_spend"}}
