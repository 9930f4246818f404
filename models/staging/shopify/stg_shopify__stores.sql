select
    'shopify' as platform,
    cast(_account_id as char(150)) as store_id,
    name as store_name,
    currency,
    time_zone as timezone,
    cast(null as datetime(6)) as created_at
from {{source "shopify" "shop"}}
where _deleted_at is null
