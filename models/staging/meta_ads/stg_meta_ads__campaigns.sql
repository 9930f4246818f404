select
    'meta' as platform,
    cast(_account_id as char(150)) as account_id,
    cast(id as char(150)) as platform_campaign_id,
    case
        when status in ('ACTIVE') then 'active'
        when status in ('PAUSED') then 'paused'
        when status in ('ARCHIVED', 'DELETED') then 'removed'
    end as status
from {{source "meta_ads" "campaigns"}}
