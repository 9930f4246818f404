{{config
    materialized="table"
    primary_key="checkout_id"
    indexes=(list (dict columns=(list "date_key")))
}}

with staged as (
    {{stack_platforms entity="abandoned_checkouts" platforms=(var "ecommerce")}}
),

with_local_time as (
    select
        staged.*,
        {{local_time "staged.created_at"}} as created_local
    from staged
)

select
    {{bigint_key (list "platform" "store_id" "external_checkout_id")}} as checkout_id,
    {{bigint_key (list "platform" "store_id")}} as store_key,
    platform,
    store_id,
    external_checkout_id,
    email_hash,
    created_at,
    created_local,
    {{date_key "created_local"}} as date_key,
    completed_at,
    case when completed_at is null then 0 else 1 end as is_recovered,
    currency,
    cast(round(total_amount * {{fx_rate "currency" "cast(created_local as date)"}}, 2) as decimal(18,2)) as total_amount
from with_local_time
where created_local < {{as_of}} + interval 1 day
