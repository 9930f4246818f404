select
    'nuvemshop' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_checkout_id,
    {{email_hash "contact_email"}} as email_hash,
    {{phone_hash "contact_phone"}} as phone_hash,
    {{document_hash "contact_identification"}} as document_hash,
    created_at,
    completed_at,
    currency,
    round(total, 2) as total_amount
from {{source "nuvemshop" "abandoned_checkouts"}}
where _deleted_at is null
