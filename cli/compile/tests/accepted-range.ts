import { boolean, column, expression, optional, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { outside } from './sql-parts.ts';

export const acceptedRange = defineTest({
  name: 'accepted_range',
  description:
    'Every value lies between bounds, which are numbers, dates or expressions; nulls pass',
  decidedBy: 'row',
  arguments: {
    column_name: column,
    min_value: optional(expression),
    max_value: optional(expression),
    inclusive: withDefault(boolean, true),
  },
  rows: ({ model, values: { column_name, min_value, max_value, inclusive } }) => `select *
from ${model} as tested
where ${outside(column_name, { min: min_value, max: max_value, inclusive })}`,
});
