select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(id as char(150)) as external_order_id,
    cast(customer_id as char(150)) as external_customer_id,
    customer_email as email,
    coalesce(customer_cellphone, customer_phone) as phone,
    customer_name as full_name,
    customer_city as city,
    customer_state as state,
    customer_zip_code as postal_code,
    'BR' as country,
    cast(null as char(100)) as ip,
    cast(null as char(500)) as user_agent
from {{source "tray" "orders"}}
where _deleted_at is null
