select
    'nuvemshop' as platform,
    cast(_account_id as char(150)) as store_id,
    name as store_name,
    main_currency as currency,
    '{{client.timezone}}' as timezone,
    created_at
from {{source "nuvemshop" "store"}}
where _deleted_at is null
