import { exactKey } from '../../sql/exact-text.ts';
import { stringLiteral } from '../../sql/literal.ts';
import type { Scalar } from './argument-types.ts';

/** Values as literals: quoted unless the test says that they are SQL already. */
export function valueLiterals(values: readonly Scalar[], quote: boolean): readonly string[] {
  return values.map((value) => {
    if (typeof value === 'boolean' || !quote) return String(value);
    return stringLiteral(String(value));
  });
}

/** `group by` over exact keys, or nothing. */
export function groupByExact(columns: readonly string[]): string {
  return columns.length === 0 ? '' : `group by ${columns.map(exactKey).join(', ')}`;
}

/** `partition by` over exact keys, or nothing. */
export function partitionByExact(columns: readonly string[]): string {
  return columns.length === 0 ? '' : `partition by ${columns.map(exactKey).join(', ')}`;
}

/** Conditions under which a value lies outside bounds; `false` when no bound is given. */
export function outside(
  value: string,
  bounds: {
    min: string | number | undefined;
    max: string | number | undefined;
    inclusive: boolean;
  },
): string {
  const conditions = [
    bounds.min === undefined
      ? undefined
      : `${value} ${bounds.inclusive ? '<' : '<='} ${bounds.min}`,
    bounds.max === undefined
      ? undefined
      : `${value} ${bounds.inclusive ? '>' : '>='} ${bounds.max}`,
  ].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? 'false' : conditions.join(' or ');
}
