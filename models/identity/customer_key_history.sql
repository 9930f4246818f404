{{config
    materialized="table"
    primary_key="customer_id_from"
    indexes=(list (dict columns=(list "customer_id_to")))
}}

with records_of_keys as (
    select
        history.person_key,
        history.record_key,
        history.first_seen_on,
        identities.person_key as person_key_today
    from {{ref "int_person_keys"}} as history
    left join {{ref "int_identity"}} as identities
        on identities.record_key = history.record_key
),

-- A key goes where the record went whose key it is. That is the smallest: where it is gone, the next one stands for it.
successors as (
    select
        person_key,
        min(case when person_key_today is not null then record_key end) as record_key,
        min(first_seen_on) as first_seen_on,
        count(distinct person_key_today) > 1 as is_split
    from records_of_keys
    group by person_key
)

select
    {{bigint_key (list "successors.person_key")}} as customer_id_from,
    case
        when identities.person_key is not null then {{bigint_key (list "identities.person_key")}}
    end as customer_id_to,
    successors.person_key as person_key_from,
    identities.person_key as person_key_to,
    successors.first_seen_on,
    coalesce(successors.person_key = identities.person_key, 0) as is_current,
    successors.is_split
from successors
left join {{ref "int_identity"}} as identities
    on identities.record_key = successors.record_key
