{{config
    materialized="table"
    indexes=(list (dict columns=(list "record_key")))
    column_types=(dict record_key="varchar(191)" linked_key="varchar(191)")
}}

-- An identifier on many records belongs to nobody in particular: the shop's own address, a number of zeros.
with shared as (
    select identifier_kind, identifier
    from {{ref "int_identity_edges"}}
    where identifier is not null
    group by identifier_kind, identifier
    having count(*) > 1
        and (identifier_kind = 'platform' or count(*) <= {{var "identity_max_records"}})
)

select distinct
    left_side.record_key,
    right_side.record_key as linked_key
from shared
inner join {{ref "int_identity_edges"}} as left_side
    on left_side.identifier_kind = shared.identifier_kind
    and left_side.identifier = shared.identifier
inner join {{ref "int_identity_edges"}} as right_side
    on right_side.identifier_kind = shared.identifier_kind
    and right_side.identifier = shared.identifier
where left_side.record_key <> right_side.record_key
