{{config
    materialized="table"
    column_types=(dict record_key="varchar(191)")
    indexes=(list (dict columns=(list "record_key")) (dict columns=(list "identifier_kind" "identifier")))
}}

-- What a buyer typed in a checkout counts as well as what the account says. Addresses and recipients do not: a gift
-- must not make one person of who gives and who gets it.
with identifiers as (
    {{#each (list "email" "phone" "document") as |kind|}}
    select record_key, '{{kind}}' as identifier_kind, {{kind}}_hash as identifier
    from {{ref "int_customers"}}
    where {{kind}}_hash is not null
    union
    select record_key, '{{kind}}' as identifier_kind, {{kind}}_hash as identifier
    from {{ref "int_orders"}}
    where {{kind}}_hash is not null
    union
    {{/each}}
    select record_key, 'platform' as identifier_kind, record_key as identifier
    from {{ref "int_customers"}}
    where is_guest = 0
)

select record_key, identifier_kind, identifier
from identifiers
union all
-- Looked up in the orders, so that the identifiers are made once.
select customers.record_key, 'none' as identifier_kind, null as identifier
from {{ref "int_customers"}} as customers
where customers.is_guest = 1
    and coalesce(customers.email_hash, customers.phone_hash, customers.document_hash) is null
    and not exists (
        select 1
        from {{ref "int_orders"}} as orders
        where orders.record_key = customers.record_key
            and coalesce(orders.email_hash, orders.phone_hash, orders.document_hash) is not null
    )
