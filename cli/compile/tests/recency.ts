import { boolean, column, columns, number, oneOf, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { groupByExact } from './sql-parts.ts';

export const recency = defineTest({
  name: 'recency',
  description:
    'The latest time, of all rows or of every group, is no older than an interval; times are UTC, and no rows at all are not recent',
  arguments: {
    field: column,
    datepart: oneOf('second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'),
    interval: number,
    ignore_time_component: withDefault(boolean, false),
    group_by_columns: withDefault(columns, []),
  },
  rows: ({ model, values }) => {
    const { field, datepart, interval, ignore_time_component, group_by_columns } = values;
    const day = (time: string): string => (ignore_time_component ? `date(${time})` : time);
    const oldest = day(`timestampadd(${datepart}, ${-interval}, utc_timestamp(6))`);
    return `select *
from (
  select max(${field}) as most_recent, ${oldest} as threshold
  from ${model} as tested
  ${groupByExact(group_by_columns)}
) as latest
where most_recent is null or ${day('most_recent')} < threshold`;
  },
});
