{{config indexes=(list (dict columns=(list "source_name") unique=true))}}

select
    source as source_name,
    lower(replace(source_category, 'SOURCE_CATEGORY_', '')) as source_category
from {{ref "ga4_source_categories"}}
