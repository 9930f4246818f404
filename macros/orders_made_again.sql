{{! Of orders that are new or other than before. Parts of an order in another currency change with its rates. }}
select distinct orders.order_id
from {{ref "int_orders"}} as orders
left join {{table}} as previous
    on previous.order_id = orders.order_id
    and previous.synced_at = orders.synced_at
where previous.order_id is null
    or orders.currency <> '{{client.currency}}'
