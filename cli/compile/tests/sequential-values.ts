import { column, columns, number, oneOf, optional, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { partitionByExact } from './sql-parts.ts';

export const sequentialValues = defineTest({
  name: 'sequential_values',
  description: 'Each value follows the one before by a fixed interval',
  arguments: {
    column_name: column,
    interval: withDefault(number, 1),
    datepart: optional(
      oneOf('second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'),
    ),
    group_by_columns: withDefault(columns, []),
  },
  rows: ({ model, values: { column_name, interval, datepart, group_by_columns } }) => {
    const next =
      datepart === undefined
        ? `previous_value + ${interval}`
        : `timestampadd(${datepart}, ${interval}, previous_value)`;
    return `select *
from (
  select ${column_name} as current_value,
    lag(${column_name}) over (${partitionByExact(group_by_columns)} order by ${column_name}) as previous_value
  from ${model} as tested
) as neighbours
where not (current_value = ${next})`;
  },
});
