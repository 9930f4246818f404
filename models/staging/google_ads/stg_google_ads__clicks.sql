-- The campaign of each click. Auto-tagged links carry nothing else that says it.
select
    'google' as platform,
    cast(_account_id as char(150)) as account_id,
    `date` as click_date,
    gclid,
    cast(campaign_id as char(100)) as platform_campaign_id
from {{source "google_ads" "clicks"}}
where gclid is not null
