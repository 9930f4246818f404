import { column, columns, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { groupByExact } from './sql-parts.ts';

export const atLeastOne = defineTest({
  name: 'at_least_one',
  description: 'The column, or every group of it, holds at least one value that is not null',
  arguments: { column_name: column, group_by_columns: withDefault(columns, []) },
  rows: ({ model, values: { column_name, group_by_columns } }) => `select count(*) as n_records
from ${model} as tested
${groupByExact(group_by_columns)}
having count(${column_name}) = 0`,
});
