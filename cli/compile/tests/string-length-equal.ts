import { column, wholeNumber } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const stringLengthEqual = defineTest({
  name: 'string_length_equal',
  description: 'Every text has the same number of characters; nulls pass',
  decidedBy: 'row',
  arguments: { column_name: column, value: wholeNumber },
  rows: ({ model, values: { column_name, value } }) => `select *
from ${model} as tested
where char_length(${column_name}) <> ${value}`,
});
