import { column, expression, optional, relation } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { orphans } from './orphans.ts';

export const relationshipsWhere = defineTest({
  name: 'relationships_where',
  description: 'As `relationships`, over the rows of either side for which a condition holds',
  arguments: {
    column_name: column,
    to: relation,
    field: column,
    from_condition: optional(expression),
    to_condition: optional(expression),
  },
  rows: ({ model, values, facts }) =>
    orphans({
      model,
      column: values.column_name,
      to: values.to,
      field: values.field,
      fromCondition: values.from_condition,
      toCondition: values.to_condition,
      facts,
    }),
});
