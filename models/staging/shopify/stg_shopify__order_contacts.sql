select
    'shopify' as platform,
    cast(orders._account_id as char(150)) as store_id,
    substring_index(orders.id, '/', -1) as external_order_id,
    substring_index(orders.customer_id, '/', -1) as external_customer_id,
    orders.email,
    orders.phone,
    customers.display_name as full_name,
    orders.shipping_city as city,
    orders.shipping_province_code as state,
    orders.shipping_zip as postal_code,
    orders.shipping_country_code as country,
    orders.client_ip as ip,
    cast(null as char(500)) as user_agent
from {{source "shopify" "orders"}} as orders
left join {{source "shopify" "customers"}} as customers
    on customers._account_id = orders._account_id
    and customers.id = orders.customer_id
where orders._deleted_at is null
