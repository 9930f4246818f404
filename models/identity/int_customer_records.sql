{{config
    materialized="table"
    indexes=(list (dict columns=(list "record_key") unique=true) (dict columns=(list "customer_id")))
    column_types=(dict record_key="varchar(191)")
}}

select
    record_key,
    {{bigint_key (list "person_key")}} as customer_id
from {{ref "int_identity"}}
