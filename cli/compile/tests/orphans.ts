import { exactlyEqual } from '../../sql/exact-text.ts';

interface Reference {
  readonly model: string;
  readonly column: string;
  readonly to: string;
  readonly field: string;
  readonly fromCondition?: string | undefined;
  readonly toCondition?: string | undefined;
}

/**
 * One row for each value that another relation lacks. An index on the other column is used. The join is
 * written as LEFT JOIN: MariaDB remembers the answers of a correlated subquery by the collation of the
 * value, and would take `A` for found where `a` was.
 */
export function orphans(reference: Reference): string {
  const { model, column, to, field, fromCondition, toCondition } = reference;
  const from = fromCondition === undefined ? '' : ` and (${fromCondition})`;
  const within = toCondition === undefined ? '' : ` and (${toCondition})`;
  return `select child.from_field
from (
  select ${column} as from_field from ${model} as tested
  where ${column} is not null${from}
) as child
left join (
  select ${field} as to_field from ${to} as referenced
  where ${field} is not null${within}
) as parent
  on ${exactlyEqual('parent.to_field', 'child.from_field')}
where parent.to_field is null`;
}
