select
    'google' as platform,
    cast(_account_id as char(150)) as account_id,
    cast(campaign_id as char(150)) as platform_campaign_id,
    case
        when status in ('ENABLED') then 'active'
        when status in ('PAUSED') then 'paused'
        when status in ('REMOVED') then 'removed'
    end as status
from {{source "google_ads" "campaigns"}}
