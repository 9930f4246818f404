import { column, optional, wholeNumber } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { outside } from './sql-parts.ts';

export const stringLengthBetween = defineTest({
  name: 'string_length_between',
  description: 'Every text has a number of characters between bounds, both included; nulls pass',
  decidedBy: 'row',
  arguments: {
    column_name: column,
    min_value: optional(wholeNumber),
    max_value: optional(wholeNumber),
  },
  rows: ({ model, values: { column_name, min_value, max_value } }) => `select *
from ${model} as tested
where ${outside(`char_length(${column_name})`, { min: min_value, max: max_value, inclusive: true })}`,
});
