{{! In clear, and so in a database of its own: only who sends conversions reads it. }}
{{config
    materialized="table"
    schema=(var "restricted_schema")
    primary_key="identity_key"
}}

with staged as (
    {{stack_platforms entity="order_contacts" platforms=(var "ecommerce")}}
)

select
    {{bigint_key (list "platform" "store_id" "external_order_id")}} as identity_key,
    external_customer_id as customer_id,
    email,
    phone,
    full_name,
    city,
    state,
    postal_code,
    country,
    ip,
    user_agent
from staged
