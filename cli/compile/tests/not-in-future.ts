import { column } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const notInFuture = defineTest({
  name: 'not_in_future',
  description: 'No time, in UTC, lies after the moment of the test; nulls pass',
  decidedBy: 'row',
  arguments: { column_name: column },
  rows: ({ model, values: { column_name } }) => `select *
from ${model} as tested
where ${column_name} > utc_timestamp(6)`,
});
