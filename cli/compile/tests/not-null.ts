import { column } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

/**
 * `coalesce` hides the column: MySQL reads `is null` of a DATE that cannot be null as a search for `0000-00-00`, which
 * strict mode then refuses. MariaDB still sees that a column without NULL needs no reading.
 * https://dev.mysql.com/doc/refman/8.4/en/comparison-operators.html#operator_is-null
 */
export const notNull = defineTest({
  name: 'not_null',
  description: 'No value is null; an empty text is a value',
  decidedBy: 'row',
  arguments: { column_name: column },
  rows: ({ model, values }) => `select *
from ${model} as tested
where coalesce(${values.column_name}) is null`,
});
