import { number, optional } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { outside } from './sql-parts.ts';

export const rowCountBetween = defineTest({
  name: 'row_count_between',
  description: 'The number of rows lies between bounds, both included',
  arguments: { min_value: optional(number), max_value: optional(number) },
  rows: ({ model, values: { min_value, max_value } }) => `select count(*) as row_count
from ${model} as tested
having ${outside('count(*)', { min: min_value, max: max_value, inclusive: true })}`,
});
