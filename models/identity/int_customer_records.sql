{{config
    materialized="table"
    indexes=(list (dict columns=(list "record_key") unique=true) (dict columns=(list "customer_id")))
    column_types=(dict record_key="varchar(191)")
}}

-- A buyer without an account and without an identifier cannot be known again.
select
    identities.record_key,
    {{bigint_key (list "identities.person_key")}} as customer_id,
    max(
        customers.is_guest = 0
        or coalesce(customers.email_hash, customers.phone_hash, customers.document_hash) is not null
    ) over (partition by identities.person_key) as is_identified
from {{ref "int_identity"}} as identities
inner join {{ref "int_customers"}} as customers
    on customers.record_key = identities.record_key
