import { column, columns, number, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { groupByExact } from './sql-parts.ts';

export const notNullProportion = defineTest({
  name: 'not_null_proportion',
  description:
    'The share of values that are not null, of all rows or of every group, lies between bounds',
  arguments: {
    column_name: column,
    at_least: withDefault(number, 0),
    at_most: withDefault(number, 1),
    group_by_columns: withDefault(columns, []),
  },
  rows: ({
    model,
    values: { column_name, at_least, at_most, group_by_columns },
  }) => `select count(${column_name}) / nullif(count(*), 0) as not_null_proportion, count(*) as n_records
from ${model} as tested
${groupByExact(group_by_columns)}
having count(${column_name}) < ${at_least} * count(*) or count(${column_name}) > ${at_most} * count(*)`,
});
