-- Tray has no table of stores: an account that has orders is one.
select
    'tray' as platform,
    cast(_account_id as char(150)) as store_id,
    cast(_account_id as char(500)) as store_name,
    'BRL' as currency,
    'America/Sao_Paulo' as timezone,
    min(placed_at) as created_at
from {{source "tray" "orders"}}
group by _account_id
