{{! Rows of a model's own table that leave it: their parent has their key no more, or they are made again. }}
select previous.*, 1 as is_gone
from {{table}} as previous
left join {{parent}} as parent
    on {{#each keys as |key|}}{{#unless @first}} and {{/unless}}parent.{{#if ../parent_keys}}{{lookup ../parent_keys @index}}{{else}}{{key}}{{/if}} = previous.{{key}}{{/each}}
{{#if remade}}
left join {{remade}} as remade
    on {{#each keys as |key|}}{{#unless @first}} and {{/unless}}remade.{{key}} = previous.{{key}}{{/each}}
{{/if}}
where parent.{{#if parent_keys}}{{lookup parent_keys 0}}{{else}}{{lookup keys 0}}{{/if}} is null
{{#if remade}}
    or remade.{{lookup keys 0}} is not null
{{/if}}
