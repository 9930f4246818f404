import { column, relation } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { orphans } from './orphans.ts';

export const relationships = defineTest({
  name: 'relationships',
  description: 'Every value occurs in a column of another relation; nulls pass',
  arguments: { column_name: column, to: relation, field: column },
  rows: ({ model, values: { column_name, to, field }, facts }) =>
    orphans({ model, column: column_name, to, field, facts }),
});
