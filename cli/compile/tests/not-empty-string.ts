import { boolean, column, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const notEmptyString = defineTest({
  name: 'not_empty_string',
  description: 'No text is empty, or made of blanks only; nulls pass',
  decidedBy: 'row',
  arguments: { column_name: column, trim_whitespace: withDefault(boolean, true) },
  rows: ({ model, values: { column_name, trim_whitespace } }) => `select *
from ${model} as tested
where char_length(${trim_whitespace ? `trim(${column_name})` : column_name}) = 0`,
});
