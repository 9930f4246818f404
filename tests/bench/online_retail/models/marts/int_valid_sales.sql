{{config materialized="ephemeral"}}

select *
from {{ref "stg_retail__order_lines"}}
where is_valid_sale = 1
