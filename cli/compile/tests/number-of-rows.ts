import { defineTest } from './built-in-test.ts';
import { number } from './argument-types.ts';

export const numberOfRows = defineTest({
  name: 'number_of_rows',
  description: 'There are more rows than a threshold',
  arguments: { threshold: number },
  rows: ({ model, values: { threshold } }) => `select count(*) as row_count
from ${model} as tested
having count(*) <= ${threshold}`,
});
