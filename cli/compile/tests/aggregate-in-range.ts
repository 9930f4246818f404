import { boolean, column, expression, optional, withDefault } from './argument-types.ts';
import type { BuiltInTest } from './built-in-test.ts';
import { defineTest } from './built-in-test.ts';
import { outside } from './sql-parts.ts';

/** A test of one number made of a whole column. */
function aggregateInRange(name: string, description: string, aggregate: string): BuiltInTest {
  return defineTest({
    name,
    description,
    arguments: {
      column_name: column,
      min_value: optional(expression),
      max_value: optional(expression),
      inclusive: withDefault(boolean, true),
    },
    rows: ({ model, values: { column_name, min_value, max_value, inclusive } }) => `select *
from (select ${aggregate}(${column_name}) as aggregate_value from ${model} as tested) as aggregated
where ${outside('aggregate_value', { min: min_value, max: max_value, inclusive })}`,
  });
}

export const meanInRange = aggregateInRange(
  'mean_in_range',
  'The mean of a column lies between bounds',
  'avg',
);

export const stddevInRange = aggregateInRange(
  'stddev_in_range',
  'The standard deviation of a column, taken as a sample, lies between bounds',
  'stddev_samp',
);

export const sumInRange = aggregateInRange(
  'sum_in_range',
  'The sum of a column lies between bounds',
  'sum',
);
