{{config
    materialized="table"
    primary_key="person_key"
}}

-- One number for all that the paths of a person are made of, touches and valid orders. Paths of a person are made
-- again when it is another.
with parts as (
    select
        person_key,
        {{bigint_key (list "visit_key" "occurred_at" "channel_id" "coalesce(campaign_id, '')" "is_direct")}} as part
    from {{ref "int_touchpoints"}}
    union all
    select
        customer_id as person_key,
        {{bigint_key (list "order_id" "order_created_at" "sales_channel")}} as part
    from {{ref "fct_orders"}}
    where is_valid = 1
)

select
    person_key,
    cast(bit_xor(part) as signed) as version
from parts
group by person_key
