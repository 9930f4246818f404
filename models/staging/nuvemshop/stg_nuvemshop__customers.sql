select
    'nuvemshop' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_customer_id,
    {{email_hash "email"}} as email_hash,
    {{phone_hash "phone"}} as phone_hash,
    {{document_hash "identification"}} as document_hash,
    coalesce(accepts_marketing, 0) as accepts_marketing,
    default_city as city,
    default_province as state,
    created_at,
    updated_at
from {{source "nuvemshop" "customers"}}
where _deleted_at is null
