import { column } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';

export const validJson = defineTest({
  name: 'valid_json',
  description: 'Every text is JSON; nulls pass',
  decidedBy: 'row',
  arguments: { column_name: column },
  rows: ({ model, values: { column_name } }) => `select *
from ${model} as tested
where not json_valid(${column_name})`,
});
