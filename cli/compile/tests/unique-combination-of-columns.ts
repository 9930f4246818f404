import { boolean, columns, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { repeatedValues } from './repeated-values.ts';

export const uniqueCombinationOfColumns = defineTest({
  name: 'unique_combination_of_columns',
  description: 'No combination of values occurs twice; nulls count as equal',
  decidedBy: ({ combination_of_columns }) => combination_of_columns,
  arguments: { combination_of_columns: columns, quote_columns: withDefault(boolean, false) },
  rows: ({ model, values, facts }) =>
    repeatedValues({
      model,
      columns: values.combination_of_columns,
      names: values.combination_of_columns.map((_, index) => `column_${index + 1}`),
      where: undefined,
      facts,
    }),
});
