{{config materialized="view"}}

-- Days after `as_of` stay in the history, and are seen again when `as_of` has come to them.
select
    date_key,
    inventory_date,
    variant_id,
    product_id,
    platform,
    store_id,
    on_hand,
    available,
    is_out_of_stock,
    unit_cost,
    stock_value
from {{ref "int_inventory_history"}}
where inventory_date <= {{as_of}}
