import { exactlyEqual } from '../../sql/exact-text.ts';

interface Reference {
  readonly model: string;
  readonly column: string;
  readonly to: string;
  readonly field: string;
  readonly fromCondition?: string | undefined;
  readonly toCondition?: string | undefined;
}

/** One row for each value that another relation lacks. An index on the other column is used. */
export function orphans({
  model,
  column,
  to,
  field,
  fromCondition,
  toCondition,
}: Reference): string {
  const from = fromCondition === undefined ? '' : ` and (${fromCondition})`;
  const within = toCondition === undefined ? '' : ` where ${toCondition}`;
  return `select child.from_field
from (select ${column} as from_field from ${model} as tested where ${column} is not null${from}) as child
where not exists (
  select 1
  from (select ${field} as to_field from ${to} as referenced${within}) as parent
  where ${exactlyEqual('parent.to_field', 'child.from_field')}
)`;
}
