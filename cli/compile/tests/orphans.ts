import { exactlyEqual } from '../../sql/exact-text.ts';
import type { TestFacts } from './built-in-test.ts';

interface Reference {
  readonly model: string;
  readonly column: string;
  readonly to: string;
  readonly field: string;
  readonly fromCondition?: string | undefined;
  readonly toCondition?: string | undefined;
  readonly facts: TestFacts;
}

/**
 * One row for each row whose value another relation lacks. A table is asked for its different values first, which an
 * index tells at once: where none of them is lacking, its rows are not read. An index on the other column is used.
 * The join is written as LEFT JOIN: MariaDB remembers the answers of a correlated subquery by the collation of the
 * value, and would take `A` for found where `a` was.
 */
export function orphans(reference: Reference): string {
  const { column, facts } = reference;
  const isGated = facts.isTable && facts.isExact(column);
  const gate = isGated ? `\n  and exists (\n${lacking(reference, `distinct ${column}`)}\n)` : '';
  return `${lacking(reference, column)}${gate}`;
}

function lacking(
  { model, column, to, field, fromCondition, toCondition }: Reference,
  selected: string,
): string {
  const from = fromCondition === undefined ? '' : ` and (${fromCondition})`;
  const within = toCondition === undefined ? '' : ` and (${toCondition})`;
  return `select child.from_field
from (
  select ${selected} as from_field from ${model} as tested
  where ${column} is not null${from}
) as child
left join (
  select ${field} as to_field from ${to} as referenced
  where ${field} is not null${within}
) as parent
  on ${exactlyEqual('parent.to_field', 'child.from_field')}
where parent.to_field is null`;
}
