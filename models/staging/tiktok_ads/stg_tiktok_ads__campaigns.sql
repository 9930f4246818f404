select
    'tiktok' as platform,
    cast(_account_id as char(150)) as account_id,
    cast(campaign_id as char(150)) as platform_campaign_id,
    case
        when operation_status in ('ENABLE') then 'active'
        when operation_status in ('DISABLE') then 'paused'
        when operation_status in ('DELETE') then 'removed'
    end as status
from {{source "tiktok_ads" "campaigns"}}
