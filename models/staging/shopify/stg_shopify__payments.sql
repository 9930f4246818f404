select
    'shopify' as platform,
    cast(_account_id as char(150)) as store_id,
    substring_index(order_id, '/', -1) as external_order_id,
    substring_index(id, '/', -1) as external_payment_id,
    {{payment_method "gateway"}} as payment_method,
    case status
        when 'SUCCESS' then 'paid'
        when 'PENDING' then 'pending'
        else 'voided'
    end as payment_status,
    round(amount, 2) as amount,
    created_at,
    case when status = 'SUCCESS' then processed_at end as paid_at
from {{source "shopify" "transactions"}}
where kind in ('SALE', 'CAPTURE')
    and coalesce(is_test, 0) = 0
