import { exactKey } from '../../sql/exact-text.ts';
import { column, columns, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { groupByExact } from './sql-parts.ts';

export const notConstant = defineTest({
  name: 'not_constant',
  description: 'The column, or every group of it, does not hold one single value throughout',
  arguments: { column_name: column, group_by_columns: withDefault(columns, []) },
  rows: ({
    model,
    values: { column_name, group_by_columns },
  }) => `select min(${column_name}) as only_value, count(*) as n_records
from ${model} as tested
${groupByExact(group_by_columns)}
having count(distinct ${exactKey(column_name)}) = 1`,
});
