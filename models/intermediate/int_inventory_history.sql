{{config
    materialized="incremental"
    incremental_strategy="delete+insert"
    unique_key="date_key"
    full_refresh=false
    on_schema_change="append_new_columns"
    column_types=(dict date_key="int")
    primary_key=(list "date_key" "variant_id")
    indexes=(list (dict columns=(list "variant_id" "inventory_date")))
}}

-- The stock of today under the day `as_of`: platforms do not tell what it was. Another build of the last day takes the
-- place of that day, and no build touches a day before it that is there.
select
    {{date_key (as_of)}} as date_key,
    {{as_of}} as inventory_date,
    variant_id,
    product_id,
    platform,
    store_id,
    cast(on_hand as decimal(18,4)) as on_hand,
    cast(stock as decimal(18,4)) as available,
    case when stock <= 0 then 1 else 0 end as is_out_of_stock,
    cast(unit_cost as decimal(18,6)) as unit_cost,
    cast(greatest(on_hand, 0) * unit_cost as decimal(18,2)) as stock_value
from {{ref "dim_product_variants"}}
where is_deleted = 0
    and stock is not null
    {{#if (is_incremental)}}
    and (
        not exists (select 1 from {{this}} as known where known.inventory_date = {{as_of}})
        or not exists (select 1 from {{this}} as known where known.inventory_date > {{as_of}})
    )
    {{/if}}
