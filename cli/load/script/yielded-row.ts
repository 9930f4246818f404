import { isDate } from 'node:util/types';
import type { CellText } from '../seed-table.ts';
import type { ColumnType } from '../values/column-type.ts';
import { columnType } from '../values/column-type.ts';
import type { Converter } from '../values/convert.ts';
import { converter } from '../values/convert.ts';
import { shortened } from './read-value.ts';

/** Values of code are no text of a file: no separators, no local dates. */
const EXACT_FORMAT = { decimal: '.', thousands: '', dateFormat: undefined, isSaid: true };

/** A row as the bulk loader takes it, or what is wrong with it, as the end of a sentence about the row. */
export type YieldedRow = { readonly cells: readonly CellText[] } | { readonly problem: string };

/** Makes rows of a table from what code yields: an object with a value for each column, and no more. */
export function rowReader(columns: Readonly<Record<string, string>>): (row: unknown) => YieldedRow {
  const readers = Object.entries(columns).map(([name, sqlType]) => {
    const type = columnType(sqlType);
    return { name, sqlType, type, convert: converter(type, EXACT_FORMAT) };
  });
  return (row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      return { problem: `is ${kindOf(row)}, not an object with a value for each column` };
    const cells: CellText[] = [];
    for (const { name, sqlType, type, convert } of readers) {
      const value: unknown = (row as Readonly<Record<string, unknown>>)[name];
      if (value === undefined)
        return { problem: `has no value in column \`${name}\`; write \`null\` for NULL` };
      const cell = value === null ? null : cellOf(value, type, convert);
      if (cell === undefined) return { problem: misfit(value, name, sqlType) };
      cells.push(cell);
    }
    const unknown = Object.keys(row).find((name) => !Object.hasOwn(columns, name));
    return unknown === undefined
      ? { cells }
      : { problem: `has \`${unknown}\`, which is not among its columns` };
  };
}

/** `undefined` for what the column does not keep whole. */
function cellOf(value: unknown, type: ColumnType, convert: Converter): CellText | undefined {
  const text = textOf(value, type);
  return text === undefined ? undefined : convert(text);
}

function textOf(value: unknown, type: ColumnType): string | undefined {
  if (typeof value === 'string')
    return type.kind === 'float' && value.trim() === '' ? undefined : value;
  const isNumeric = type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'float';
  if (typeof value === 'bigint') return isNumeric ? String(value) : undefined;
  if (typeof value === 'boolean')
    return type.kind === 'integer' ? String(Number(value)) : undefined;
  if (typeof value === 'number') return isNumeric ? numberText(value, type.kind) : undefined;
  if (!isDate(value) || Number.isNaN(value.getTime())) return undefined;
  const isTime = type.kind === 'date' || type.kind === 'datetime';
  return isTime
    ? value
        .toISOString()
        .replace('T', ' ')
        .replace(/(?:\.0+)?Z$/, '')
    : undefined;
}

/** A double beyond 2^53 does not know its last digits: it fits nothing that keeps them. */
function numberText(value: number, kind: 'integer' | 'decimal' | 'float'): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (kind === 'float') return Object.is(value, -0) ? '0' : String(value);
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value + 0) : undefined;
  return withoutExponent(String(value));
}

/** `1.5e-7` as `0.00000015`. */
function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e-(\d+)$/.exec(text) ?? [];
  return exponent === undefined
    ? text
    : `${sign}0.${'0'.repeat(Number(exponent) - whole.length)}${whole}${fraction}`;
}

function misfit(value: unknown, name: string, sqlType: string): string {
  const shown = isDate(value) ? value.getTime() : value;
  return `holds ${kindOf(value)} (\`${shortened(String(shown))}\`) that does not fit column \`${name}\` (\`${sqlType}\`)`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (isDate(value)) return 'a Date';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
