import { column, number } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const zScore = defineTest({
  name: 'z_score',
  description: 'No value lies further from the mean than a number of standard deviations',
  arguments: { column_name: column, threshold: number },
  rows: ({
    model,
    values: { column_name, threshold },
  }) => `select tested_value, mean_value, deviation
from (select ${column_name} as tested_value from ${model} as tested) as tested
cross join (
  select avg(${column_name}) as mean_value, stddev_pop(${column_name}) as deviation
  from ${model} as measured
) as measures
where abs(tested_value - mean_value) > ${threshold} * deviation`,
});
