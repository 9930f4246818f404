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
select customers.record_key, 'none' as identifier_kind, null as identifier
from {{ref "int_customers"}} as customers
left join identifiers
    on identifiers.record_key = customers.record_key
where identifiers.record_key is null
