select
    'shopify' as platform,
    cast(checkouts._account_id as char(150)) as store_id,
    substring_index(checkouts.id, '/', -1) as external_checkout_id,
    {{email_hash "checkouts.email"}} as email_hash,
    cast(null as char(150)) as phone_hash,
    cast(null as char(150)) as document_hash,
    checkouts.created_at,
    checkouts.completed_at,
    shop.currency,
    round(checkouts.total_price, 2) as total_amount
from {{source "shopify" "abandoned_checkouts"}} as checkouts
left join {{source "shopify" "shop"}} as shop
    on shop._account_id = checkouts._account_id
where checkouts._deleted_at is null
