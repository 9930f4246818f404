select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(order_id as char(150)) as external_order_id,
    cast(payment_id as char(150)) as external_payment_id,
    {{payment_method "method"}} as payment_method,
    case when paid_on is null then 'pending' else 'paid' end as payment_status,
    round(value, 2) as amount,
    created_at,
    -- A day in Brasília, three hours behind UTC.
    cast(paid_on as datetime(6)) + interval 3 hour as paid_at
from {{source "tray" "order_payments"}}
