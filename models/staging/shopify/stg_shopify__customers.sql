select
    'shopify' as platform,
    cast(_account_id as char(150)) as store_id,
    substring_index(id, '/', -1) as external_customer_id,
    {{email_hash "email"}} as email_hash,
    {{phone_hash "phone"}} as phone_hash,
    cast(null as char(150)) as document_hash,
    coalesce(email_marketing_state = 'SUBSCRIBED', 0) as accepts_marketing,
    cast(null as char(500)) as city,
    cast(null as char(500)) as state,
    created_at,
    updated_at
from {{source "shopify" "customers"}}
where _deleted_at is null
