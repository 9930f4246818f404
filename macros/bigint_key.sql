cast(conv(left(sha2(concat_ws('|'{{#each columns as |column|}}, {{column}}{{/each}}), 256), 15), 16, 10) as signed)
