{{config
    materialized="table"
    indexes=(list (dict columns=(list "record_key") unique=true))
    column_types=(dict record_key="varchar(191)")
}}

with staged as (
    {{stack_platforms entity="customers" platforms=(var "ecommerce")}}
),

accounts as (
    select
        {{record_key "staged.platform" "staged.store_id" "staged.external_customer_id"}} as record_key,
        staged.*
    from staged
    where staged.created_at is null
        or {{local_time "staged.created_at"}} < {{as_of}} + interval 1 day
),

-- Of its own, so that it is read once and not for every order.
account_keys as (
    select distinct left(record_key, 191) as record_key
    from accounts
),

-- Buyers without an account, and accounts that the platform no longer lists.
order_records as (
    select
        orders.record_key,
        orders.platform,
        orders.store_id,
        orders.external_customer_id,
        orders.email_hash,
        orders.phone_hash,
        orders.document_hash,
        orders.city,
        orders.state,
        row_number() over (partition by orders.record_key order by orders.order_created_at desc, orders.order_id) as newest_first,
        min(orders.order_created_at) over (partition by orders.record_key) as first_order_at
    from {{ref "int_orders"}} as orders
    left join account_keys
        on account_keys.record_key = orders.record_key
    where account_keys.record_key is null
)

select
    record_key,
    platform,
    store_id,
    external_customer_id,
    0 as is_guest,
    email_hash,
    phone_hash,
    document_hash,
    accepts_marketing,
    city,
    state,
    created_at
from accounts
union all
select
    orders.record_key,
    orders.platform,
    orders.store_id,
    orders.external_customer_id,
    orders.external_customer_id is null as is_guest,
    orders.email_hash,
    orders.phone_hash,
    orders.document_hash,
    0 as accepts_marketing,
    orders.city,
    orders.state,
    orders.first_order_at as created_at
from order_records as orders
where orders.newest_first = 1
