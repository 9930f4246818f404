import type { CellText } from '../seed-table.ts';
import { dateReader } from './read-date.ts';
import type { ReadDate } from './read-date.ts';
import { numberReader } from './read-number.ts';
import type { ReadNumber } from './read-number.ts';
import type { ValueFormat } from './value-format.ts';

export interface InferredType {
  readonly type: string;
  /** A value with separators between thousands, when nobody said that `,` separates thousands. */
  readonly guessedThousands?: string;
}

/** Decimals get room to grow, so that the next version of a file does not change the type. */
const LEAST_PRECISION = 18;
const MOST_PRECISION = 65;
const MOST_SCALE = 30;
const SHORT_TEXT = 255;
const TEXT_BYTES = 65_535;
/** A `+` before this many digits is a telephone number. */
const TELEPHONE_DIGITS = 8;

/**
 * The narrowest type that keeps every value of a column whole. Whatever a number would lose
 * (leading zeros, a currency or percent sign, a telephone's `+`, an exponent) makes the column text.
 */
export function inferType(values: readonly CellText[], format: ValueFormat): InferredType {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return { type: `varchar(${SHORT_TEXT})` };
  if (present.every((value) => /^(true|false)$/i.test(value.trim()))) return { type: 'boolean' };
  return numberType(present, format) ?? dateType(present, format) ?? { type: textType(present) };
}

function numberType(values: readonly string[], format: ValueFormat): InferredType | undefined {
  const numbers = readAll(values, numberReader(format), isPlainNumber);
  if (numbers === undefined) return undefined;
  const type = numbers.every((number) => /^0*$/.test(number.fraction))
    ? integerType(numbers)
    : decimalType(numbers);
  if (type === undefined) return undefined;
  const grouped = format.isSaid ? -1 : numbers.findIndex((number) => number.isGrouped);
  return grouped === -1 ? { type } : { type, guessedThousands: values[grouped] ?? '' };
}

function isPlainNumber(number: ReadNumber): boolean {
  return !number.hasLeadingZero && !(number.hasPlus && number.integer.length >= TELEPHONE_DIGITS);
}

function integerType(numbers: readonly ReadNumber[]): string | undefined {
  const values = numbers.map((number) =>
    BigInt(`${number.isNegative ? '-' : ''}${number.integer}`),
  );
  if (values.every((value) => BigInt.asIntN(64, value) === value)) return 'bigint';
  if (values.every((value) => BigInt.asUintN(64, value) === value)) return 'bigint unsigned';
  const digits = longest(numbers, (number) => number.integer.length);
  return digits <= MOST_PRECISION ? `decimal(${digits},0)` : undefined;
}

function decimalType(numbers: readonly ReadNumber[]): string | undefined {
  const scale = longest(numbers, (number) => number.fraction.length);
  const precision = scale + longest(numbers, (number) => number.integer.length);
  if (precision > MOST_PRECISION || scale > MOST_SCALE) return undefined;
  return `decimal(${Math.max(precision, LEAST_PRECISION)},${scale})`;
}

function dateType(values: readonly string[], format: ValueFormat): InferredType | undefined {
  const dates = readAll(values, dateReader(format.dateFormat), () => true);
  if (dates === undefined) return undefined;
  if (dates.every((date) => date.time === '')) return { type: 'date' };
  const offsets = new Set(dates.map((date: ReadDate) => date.offset === undefined));
  if (offsets.size > 1) return undefined;
  const fraction = longest(dates, (date) => date.fraction.length);
  if (fraction > 6) return undefined;
  return { type: fraction === 0 ? 'datetime' : 'datetime(6)' };
}

/** All values read, or `undefined` as soon as one is something else. */
function readAll<T>(
  values: readonly string[],
  read: (text: string) => T | undefined,
  isAccepted: (found: T) => boolean,
): readonly T[] | undefined {
  const found: T[] = [];
  for (const value of values) {
    const one = read(value);
    if (one === undefined || !isAccepted(one)) return undefined;
    found.push(one);
  }
  return found;
}

function textType(values: readonly string[]): string {
  if (longest(values, (value) => value.length) <= SHORT_TEXT) return `varchar(${SHORT_TEXT})`;
  const bytes = longest(values, (value) => Buffer.byteLength(value));
  return bytes <= TEXT_BYTES ? 'text' : 'longtext';
}

function longest<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((most, item) => Math.max(most, measure(item)), 0);
}
