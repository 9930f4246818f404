{{! What is not given is NULL; flags and amounts are 0. }}
{{~#each (staging_columns entity columns) as |column|}}
{{column.given}} as {{identifier column.name}}{{#unless @last}},{{/unless}}
{{~/each}}
