import { exactKey } from '../../sql/exact-text.ts';

interface Sides {
  readonly model: string;
  readonly other: string;
  readonly columns: readonly string[];
  /** The columns of the other side, where they have other names. */
  readonly otherColumns?: readonly string[];
}

/**
 * Groups of equal values with how many rows of each side they hold, as a query: `key_1` …,
 * `model_rows`, `other_rows`. It stands for the FULL JOIN that MySQL lacks; nulls are equal.
 */
export function countedGroups({ model, other, columns, otherColumns = columns }: Sides): string {
  const keys = columns.map((_, index) => `key_${index + 1}`);
  const named = (list: readonly string[]): string =>
    list.map((each, index) => `${each} as key_${index + 1}, `).join('');
  return `select ${keys.map((key) => `min(${key}) as ${key}, `).join('')}sum(is_model) as model_rows, sum(1 - is_model) as other_rows
from (
  select ${named(columns)}1 as is_model from ${model} as tested
  union all
  select ${named(otherColumns)}0 as is_model from ${other} as compared
) as both_sides
group by ${keys.map(exactKey).join(', ')}`;
}

/** One row with the number of rows of each side; an empty side counts as null, as it does in dbt_utils. */
export function countedRelations(model: string, other: string): string {
  return `select nullif(tested.row_count, 0) as model_rows, nullif(compared.row_count, 0) as other_rows
from (select count(*) as row_count from ${model} as tested) as tested
cross join (select count(*) as row_count from ${other} as compared) as compared`;
}
