import { column, expression, optional } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const expressionIsTrue = defineTest({
  name: 'expression_is_true',
  description: 'An expression over the row holds, or is null; under a column it follows the column',
  decidedBy: 'row',
  arguments: { expression, column_name: optional(column) },
  rows: ({ model, values: { column_name, expression: condition } }) => `select *
from ${model} as tested
where not (${column_name === undefined ? '' : `${column_name} `}${condition})`,
});
