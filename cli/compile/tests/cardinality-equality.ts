import { column, relation } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { countedGroups } from './counted-sides.ts';

export const cardinalityEquality = defineTest({
  name: 'cardinality_equality',
  description:
    'Every value occurs as often as in a column of another relation; one failure for each side that differs',
  arguments: { column_name: column, to: relation, field: column },
  rows: ({
    model,
    values: { column_name, to, field },
  }) => `select counted.key_1 as value_field, sides.side,
  case sides.side when 'model' then counted.model_rows else counted.other_rows end as num_rows
from (
${countedGroups({ model, other: to, columns: [column_name], otherColumns: [field] })}
) as counted
cross join (select 'model' as side union all select 'other' as side) as sides
where counted.model_rows <> counted.other_rows
  and case sides.side when 'model' then counted.model_rows else counted.other_rows end > 0`,
});
