import { column } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const notNull = defineTest({
  name: 'not_null',
  description: 'No value is null; an empty text is a value',
  arguments: { column_name: column },
  rows: ({ model, values }) => `select *
from ${model} as tested
where ${values.column_name} is null`,
});
