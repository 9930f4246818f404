import type { ColumnType } from '../values/column-type.ts';
import { columnType } from '../values/column-type.ts';

/** What becomes of a column that is declared with another type than it has. */
export type Widening =
  | { readonly kind: 'fits' }
  | { readonly kind: 'widen'; readonly type: string }
  /** No type holds what the column held and what is declared now. */
  | { readonly kind: 'clash' };

/** The type that a column needs so that it holds what it held and what is declared now. Nothing is ever narrowed. */
export function widenedType(existing: string, declared: string): Widening {
  const [have, want] = [columnType(existing), columnType(declared)];
  if (holds(have, want)) return { kind: 'fits' };
  if (holds(want, have)) return { kind: 'widen', type: declared };
  if (have.kind === 'decimal' && want.kind === 'decimal') {
    const scale = Math.max(have.scale, want.scale);
    const digits = Math.max(have.integerDigits, want.integerDigits) + scale;
    if (digits <= 65) return { kind: 'widen', type: `decimal(${digits},${scale})` };
  }
  return { kind: 'clash' };
}

/** Whether every value of the second type has a place in the first. */
function holds(wide: ColumnType, narrow: ColumnType): boolean {
  if (wide.kind === 'text') return holdsAsText(wide, narrow);
  switch (narrow.kind) {
    case 'integer':
      return holdsInteger(wide, narrow);
    case 'decimal':
      return (
        wide.kind === 'decimal' &&
        wide.scale >= narrow.scale &&
        wide.integerDigits >= narrow.integerDigits &&
        (!wide.isUnsigned || narrow.isUnsigned)
      );
    case 'date':
      return wide.kind === 'date' || wide.kind === 'datetime';
    case 'datetime':
      return wide.kind === 'datetime' && wide.fractionDigits >= narrow.fractionDigits;
    case 'time':
      return wide.kind === 'time' && wide.fractionDigits >= narrow.fractionDigits;
    case 'float':
    case 'json':
      return wide.kind === narrow.kind;
    case 'text':
      return false;
    case 'other':
      return wide.kind === 'other' && spelled(wide) === spelled(narrow);
  }
}

function holdsInteger(
  wide: ColumnType,
  narrow: Extract<ColumnType, { readonly kind: 'integer' }>,
): boolean {
  if (wide.kind === 'integer')
    return wide.least <= narrow.least && wide.greatest >= narrow.greatest;
  const digits = String(narrow.greatest).length;
  return wide.kind === 'decimal' && wide.integerDigits >= digits && !wide.isUnsigned;
}

function holdsAsText(
  wide: Extract<ColumnType, { readonly kind: 'text' }>,
  narrow: ColumnType,
): boolean {
  if (narrow.kind === 'text') {
    return wide.mostCharacters >= narrow.mostCharacters && wide.mostBytes >= narrow.mostBytes;
  }
  if (narrow.kind === 'json') return wide.mostCharacters > 65_535;
  return narrow.kind !== 'other' && wide.mostCharacters >= LONGEST_NUMBER;
}

/** Digits of the longest DECIMAL with sign and point; longer than every integer, date and float. */
const LONGEST_NUMBER = 67;

function spelled({ sql }: ColumnType): string {
  return sql.toLowerCase().replaceAll(/\s+/g, '');
}
