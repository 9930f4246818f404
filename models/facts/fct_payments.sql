{{config
    materialized="table"
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
    payments.hours_to_pay
from {{ref "int_payments"}} as payments
inner join {{ref "fct_orders"}} as orders
    on orders.order_id = payments.order_id
