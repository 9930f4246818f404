{{config
    materialized="table"
    primary_key="store_key"
}}

with staged as (
    {{stack_platforms entity="stores" platforms=(var "ecommerce")}}
),

-- Orders of a store whose own record was not read still need it.
known as (
    select platform, store_id, store_name, currency, timezone, created_at
    from staged
    union all
    select
        orders.platform,
        orders.store_id,
        orders.store_id as store_name,
        max(orders.currency) as currency,
        '{{client.timezone}}' as timezone,
        min(orders.order_created_at) as created_at
    from {{ref "int_orders"}} as orders
    left join staged
        on staged.platform = orders.platform
        and staged.store_id = orders.store_id
    where staged.store_id is null
    group by orders.platform, orders.store_id
)

select
    {{bigint_key (list "platform" "store_id")}} as store_key,
    platform,
    store_id,
    store_name,
    currency,
    timezone,
    created_at
from known
