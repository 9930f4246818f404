select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    session_id as external_checkout_id,
    {{email_hash "max(email)"}} as email_hash,
    cast(null as char(150)) as phone_hash,
    cast(null as char(150)) as document_hash,
    min(added_at) as created_at,
    cast(null as datetime(6)) as completed_at,
    'BRL' as currency,
    round(sum(quantity * price), 2) as total_amount
from {{source "tray" "carts"}}
where _deleted_at is null
group by _account_id, session_id
