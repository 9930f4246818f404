import { number, optional, relation } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { outside } from './sql-parts.ts';

export const rowCountChange = defineTest({
  name: 'row_count_change',
  description:
    'The number of rows against that of another relation changed by a share between bounds: -0.1 is ten per cent fewer',
  arguments: {
    compare_model: relation,
    min_change: optional(number),
    max_change: optional(number),
  },
  rows: ({ model, values: { compare_model, min_change, max_change } }) => `select *
from (
  select tested.row_count as model_rows, compared.row_count as other_rows,
    case when compared.row_count = 0 then if(tested.row_count = 0, 0, 1)
      else cast(tested.row_count as decimal(40, 20)) / compared.row_count - 1 end as row_count_change
  from (select count(*) as row_count from ${model} as tested) as tested
  cross join (select count(*) as row_count from ${compare_model} as compared) as compared
) as counted
where ${outside('row_count_change', { min: min_change, max: max_change, inclusive: true })}`,
});
