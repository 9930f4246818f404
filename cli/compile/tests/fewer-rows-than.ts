import { columns, relation, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { countedGroups, countedRelations } from './counted-sides.ts';

export const fewerRowsThan = defineTest({
  name: 'fewer_rows_than',
  description:
    'There are fewer rows than in another relation, in all or in every group; the failures are the rows too many',
  arguments: { compare_model: relation, group_by_columns: withDefault(columns, []) },
  failCalc: 'coalesce(sum(row_count_delta), 0)',
  rows: ({ model, values: { compare_model, group_by_columns } }) => {
    const counted =
      group_by_columns.length === 0
        ? countedRelations(model, compare_model)
        : countedGroups({ model, other: compare_model, columns: group_by_columns });
    return `select counted.*, greatest(model_rows - other_rows, 1) as row_count_delta
from (
${counted}
) as counted
where model_rows >= other_rows`;
  },
});
