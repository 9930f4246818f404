import { columns, relation, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { countedGroups, countedRelations } from './counted-sides.ts';

export const equalRowcount = defineTest({
  name: 'equal_rowcount',
  description:
    'There are as many rows as in another relation, in all or in every group; the failures are the difference',
  arguments: { compare_model: relation, group_by_columns: withDefault(columns, []) },
  failCalc: 'coalesce(sum(diff_count), 0)',
  rows: ({ model, values: { compare_model, group_by_columns } }) => {
    const counted =
      group_by_columns.length === 0
        ? countedRelations(model, compare_model)
        : countedGroups({ model, other: compare_model, columns: group_by_columns });
    return `select counted.*, abs(model_rows - other_rows) as diff_count
from (
${counted}
) as counted
where model_rows <> other_rows`;
  },
});
