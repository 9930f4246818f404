import { column } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { repeatedValues } from './repeated-values.ts';

export const unique = defineTest({
  name: 'unique',
  description: 'No value occurs twice; nulls are left out, and texts differ when any byte does',
  decidedBy: ({ column_name }) => [column_name],
  arguments: { column_name: column },
  rows: ({ model, values, facts }) =>
    repeatedValues({
      model,
      columns: [values.column_name],
      names: ['unique_field'],
      where: `${values.column_name} is not null`,
      facts,
    }),
});
