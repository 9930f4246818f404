{{config
    materialized="incremental"
    unique_key="payment_id"
    incremental_strategy="delete+insert"
    tombstone_column="is_gone"
    primary_key="payment_id"
    indexes=(list (dict columns=(list "order_id")))
}}

select
    payments.payment_id,
    payments.order_id,
    orders.customer_id,
    orders.date_key,
    payments.external_payment_id,
    payments.payment_method,
    payments.payment_status,
    payments.amount,
    payments.created_at,
    payments.paid_at,
    payments.hours_to_pay,
    payments.synced_at
    {{#if (is_incremental)}}
    , 0 as is_gone
    {{/if}}
from {{ref "int_payments"}} as payments
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = payments.order_id
{{#if (is_incremental)}}
left join {{this}} as previous
    on previous.payment_id = payments.payment_id
where orders.currency <> '{{client.currency}}'
    or coalesce(previous.synced_at <> payments.synced_at, true)
    or not (previous.customer_id <=> orders.customer_id)
union all
{{gone_rows table=this parent=(ref "int_payments") keys=(list "payment_id")}}
{{/if}}
