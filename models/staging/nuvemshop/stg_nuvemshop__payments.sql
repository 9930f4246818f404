-- An order has one payment, and its state is the order's.
select
    'nuvemshop' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_order_id,
    concat('order-', id) as external_payment_id,
    {{payment_method "payment_method"}} as payment_method,
    case
        when payment_status = 'abandoned' then 'expired'
        when payment_status in ('authorized', 'paid', 'refunded', 'voided') then payment_status
        else 'pending'
    end as payment_status,
    round(total, 2) as amount,
    created_at,
    paid_at
from {{source "nuvemshop" "orders"}}
where _deleted_at is null
