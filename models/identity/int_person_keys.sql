{{config
    materialized="incremental"
    incremental_strategy="append"
    full_refresh=false
    column_types=(dict
        record_key="varchar(191)"
        person_key="varchar(191)"
    )
    primary_key=(list "record_key" "person_key")
    indexes=(list (dict columns=(list "person_key")))
}}

-- Rows are only added: which persons a record was in before is told by nothing else.
select
    identities.record_key,
    identities.person_key,
    {{as_of}} as first_seen_on
from {{ref "int_identity"}} as identities
{{#if (is_incremental)}}
left join {{this}} as known
    on known.record_key = identities.record_key
    and known.person_key = identities.person_key
where known.record_key is null
{{/if}}
