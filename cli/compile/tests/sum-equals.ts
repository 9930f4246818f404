import { column, expression, number, optional, relation, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const sumEquals = defineTest({
  name: 'sum_equals',
  description:
    'The sum of a column equals a value, or the sum of a column of another relation, within a tolerance',
  arguments: {
    column_name: column,
    value: optional(expression),
    compare_model: optional(relation),
    compare_column: optional(column),
    tolerance: withDefault(number, 0),
  },
  rows: ({ model, values }) => {
    const { column_name, compare_model, compare_column = column_name } = values;
    const expected =
      compare_model === undefined
        ? `${values.value ?? 'null'}`
        : `(select coalesce(sum(${compare_column}), 0) from ${compare_model} as compared)`;
    return `select *
from (
  select coalesce(sum(${column_name}), 0) as actual_sum, ${expected} as expected_sum
  from ${model} as tested
) as sums
where coalesce(abs(actual_sum - expected_sum) > ${values.tolerance}, true)`;
  },
});
