select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_customer_id,
    {{email_hash "email"}} as email_hash,
    -- The list of customers has no telephone numbers; the orders have.
    cast(null as char(150)) as phone_hash,
    coalesce({{document_hash "cpf"}}, {{document_hash "cnpj"}}) as document_hash,
    coalesce(accepts_newsletter, 0) as accepts_marketing,
    city,
    state,
    created_at,
    modified_at as updated_at
from {{source "tray" "customers"}}
where _deleted_at is null
