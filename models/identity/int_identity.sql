{{config
    materialized="table"
    indexes=(list (dict columns=(list "record_key") unique=true) (dict columns=(list "person_key")))
    column_types=(dict record_key="varchar(191)" person_key="varchar(191)")
}}

-- Follows links until nothing new is reached. A person is named after the smallest of the records that reach each
-- other, so that the name stays while that record exists.
with recursive reached as (
    select distinct
        record_key,
        record_key as reached_key
    from {{ref "int_identity_edges"}}
    union
    select
        reached.record_key,
        links.linked_key as reached_key
    from reached
    inner join {{ref "int_identity_links"}} as links
        on links.record_key = reached.reached_key
)

select
    record_key,
    min(reached_key) as person_key
from reached
group by record_key
