select
    {{#each (staging_columns entity only=only) as |column|}}
    {{column.empty}} as {{identifier column.name}}{{#unless @last}},{{/unless}}
    {{/each}}
from dual
where false
{{#each platforms as |platform|}}
union all
{{#if ../where}}
select * from (
{{/if}}
select
    {{#each (staging_columns ../entity only=../only) as |column|}}
    {{column.staged}} as {{identifier column.name}}{{#unless @last}},{{/unless}}
    {{/each}}
from {{ref (concat "stg_" platform "__" ../entity)}}
{{#if ../where}}
) as staged_rows
where {{../where}}
{{/if}}
{{/each}}
