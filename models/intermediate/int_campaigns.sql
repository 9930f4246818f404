{{config
    materialized="table"
    primary_key="campaign_id"
    indexes=(list (dict columns=(list "platform" "platform_campaign_id")))
}}

-- An ad may be renamed; it is called here what it was called last.
with days as (
    select
        spend.*,
        row_number() over (partition by campaign_id order by spend_date desc) as newest_first,
        min(spend_date) over (partition by campaign_id) as first_seen,
        max(spend_date) over (partition by campaign_id) as last_seen
    from {{ref "int_ad_spend"}} as spend
)

select
    campaign_id,
    platform,
    account_id,
    platform_campaign_id,
    platform_adset_id,
    platform_ad_id,
    campaign_name,
    adset_name,
    ad_name,
    objective,
    first_seen,
    last_seen
from days
where newest_first = 1
