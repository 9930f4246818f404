import { boolean, column, oneOf, optional, withDefault } from './argument-types.ts';
import { defineTest } from './built-in-test.ts';
import { partitionByExact } from './sql-parts.ts';

const UPPER_TO_NEXT = { allowed: '<=', not_allowed: '=', required: '<' } as const;

export const mutuallyExclusiveRanges = defineTest({
  name: 'mutually_exclusive_ranges',
  description: 'Ranges of a lower and an upper column do not overlap, each with the next one',
  arguments: {
    lower_bound_column: column,
    upper_bound_column: column,
    partition_by: optional(column),
    gaps: withDefault(oneOf('allowed', 'not_allowed', 'required'), 'allowed'),
    zero_length_range_allowed: withDefault(boolean, false),
  },
  rows: ({ model, values }) => {
    const { lower_bound_column: lower, upper_bound_column: upper } = values;
    const group = values.partition_by === undefined ? [] : [values.partition_by];
    const partition = partitionByExact(group);
    const ties = partitionByExact([...group, lower, upper]);
    // Of equal ranges at the end none is the last one: they overlap each other.
    return `select *
from (
  select ${lower} as lower_bound, ${upper} as upper_bound,
    lead(${lower}) over (${partition} order by ${lower}, ${upper}) as next_lower_bound,
    rank() over (${partition} order by ${lower} desc, ${upper} desc) = 1
      and count(*) over (${ties}) = 1 as is_last
  from ${model} as tested
) as ranges
where not (
  coalesce(lower_bound ${values.zero_length_range_allowed ? '<=' : '<'} upper_bound, false)
  and coalesce(upper_bound ${UPPER_TO_NEXT[values.gaps]} next_lower_bound, is_last, false)
)`;
  },
});
