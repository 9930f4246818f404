select
    'nuvemshop' as platform,
    cast(orders._account_id as char(150)) as store_id,
    cast(orders.id as char(150)) as external_order_id,
    cast(orders.customer_id as char(150)) as external_customer_id,
    orders.contact_email as email,
    orders.contact_phone as phone,
    orders.contact_name as full_name,
    orders.shipping_city as city,
    orders.shipping_province as state,
    orders.shipping_zipcode as postal_code,
    orders.shipping_country as country,
    orders.browser_ip as ip,
    nullif(json_unquote(json_extract(orders._record, '$.client_details.user_agent')), 'null') as user_agent
from {{source "nuvemshop" "orders"}} as orders
where orders._deleted_at is null
