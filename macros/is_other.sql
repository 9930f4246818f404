{{! `<=>` takes two NULLs as equal. A row without a counterpart is another one by the column that is never NULL. }}
not (
    {{#each columns as |column|}}
    {{../stored}}.{{column}} <=> {{../made}}.{{column}}{{#unless @last}} and{{/unless}}
    {{/each}}
)
