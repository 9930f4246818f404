{{config
    materialized="table"
    primary_key="refund_id"
    indexes=(list (dict columns=(list "order_id")) (dict columns=(list "order_item_id")))
}}

with staged as (
    {{stack_platforms entity="refunds" platforms=(var "ecommerce")}}
),

with_local_time as (
    select
        staged.*,
        {{local_time "staged.refunded_at"}} as refunded_local
    from staged
)

select
    {{bigint_key (list "refunds.platform" "refunds.store_id" "refunds.external_order_id" "refunds.external_refund_id")}} as refund_id,
    orders.order_id,
    case
        when refunds.external_item_id is not null
            then {{bigint_key (list "refunds.platform" "refunds.store_id" "refunds.external_order_id" "refunds.external_item_id")}}
    end as order_item_id,
    refunds.refunded_at,
    refunds.refunded_local,
    {{date_key "refunds.refunded_local"}} as date_key,
    cast(round(refunds.amount * orders.fx_rate, 2) as decimal(18,2)) as amount,
    cast(refunds.quantity as decimal(18,4)) as quantity,
    refunds.reason,
    refunds.is_shipping,
    refunds.is_adjustment,
    refunds.is_estimated,
    datediff(refunds.refunded_local, orders.order_date) as days_to_refund
from with_local_time as refunds
inner join {{ref "int_orders"}} as orders
    on orders.platform = refunds.platform
    and orders.store_id = refunds.store_id
    and orders.external_order_id = refunds.external_order_id
where refunds.refunded_local < {{as_of}} + interval 1 day
