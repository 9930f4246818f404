import { columns, relation } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { countedGroups } from './counted-sides.ts';

export const equality = defineTest({
  name: 'equality',
  description:
    'Both relations hold the same rows in the columns named; how often each occurs does not matter',
  arguments: { compare_model: relation, compare_columns: columns },
  rows: ({ model, values: { compare_model, compare_columns } }) => `select counted.*
from (
${countedGroups({ model, other: compare_model, columns: compare_columns })}
) as counted
where model_rows = 0 or other_rows = 0`,
});
