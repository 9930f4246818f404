{{config
    materialized="incremental"
    unique_key=(list "campaign_id" "date_key")
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
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
    ads.campaign_id,
    ads.date_key,
    ads.spend_date,
    ads.platform,
    ads.account_id,
    ads.platform_campaign_id,
    ads.currency,
    ads.impressions,
    ads.reach,
    ads.clicks,
    ads.spend,
    ads.spend_in_currency,
    ads.platform_purchases,
    ads.platform_revenue,
    ads.platform_leads,
    ads.video_views
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from {{ref "int_ad_spend"}} as ads
{{#if (is_incremental)}}
left join {{this}} as previous
    on previous.campaign_id = ads.campaign_id
    and previous.date_key = ads.date_key
where {{is_other stored="previous" made="ads" columns=(list
    "campaign_id" "account_id" "currency" "impressions" "reach" "clicks" "spend" "spend_in_currency"
    "platform_purchases" "platform_revenue" "platform_leads" "video_views"
)}}
union all
{{gone_rows table=this parent=(ref "int_ad_spend") keys=(list "campaign_id" "date_key")}}
{{/if}}
