import type { Column, ColumnValue } from '../columns.ts';
import type { SourceOrPath } from '../value-source.ts';
import type { ColumnOptions } from './column.ts';
import { scalarColumn } from './column.ts';
import { decimalText, fitDecimal, shiftDecimal } from './decimal-text.ts';

export interface DecimalOptions extends ColumnOptions {
  /** 18 unless told. */
  readonly precision?: number;
  /** Digits after the point. */
  readonly scale?: number;
  /** For what the platform computes as a double: rounds half away from zero to the scale. */
  readonly rounds?: boolean;
}

/** An exact decimal number, from its text; `decimal(18,4)` unless told. Further digits are a misfit. */
export function decimal(
  source: SourceOrPath,
  description: string,
  options: DecimalOptions = {},
): Column {
  return shifted({ source, description, places: 0, ...options, scale: options.scale ?? 4 });
}

/** An amount in millionths of the currency, as the currency: `decimal(18,6)`. */
export function micros(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return shifted({ source, description, places: 6, scale: 6, ...options });
}

/** An amount in hundredths of the currency, as the currency: `decimal(18,2)`. */
export function cents(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return shifted({ source, description, places: 2, scale: 2, ...options });
}

interface Shifted extends DecimalOptions {
  readonly source: SourceOrPath;
  readonly description: string;
  /** How many places the point moves to the left. */
  readonly places: number;
  readonly scale: number;
}

function shifted(parts: Shifted): Column {
  const { source, description, places, scale, precision = 18, rounds = false, none } = parts;
  return scalarColumn({
    type: `decimal(${precision},${scale})`,
    source,
    description,
    none,
    read: (value) =>
      numeric(value, (digits) =>
        fitDecimal(shiftDecimal(digits, places), { precision, scale, rounds }),
      ),
  });
}

/** A number of no exact scale, such as a rate: `double`. */
export function double(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return scalarColumn({
    type: 'double',
    source,
    description,
    ...options,
    read: (value) =>
      numeric(value, (digits) =>
        Number.isFinite(Number(digits)) ? digits : { misfit: 'a number beyond a double' },
      ),
  });
}

/** A whole number that counts something: `int`. */
export function integer(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return whole({ type: 'int', bits: 31, source, description, ...options });
}

/** An id or a large count with all its digits; of a `gid://shopify/Order/1` the digits at the end. */
export function bigint(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return whole({ type: 'bigint', bits: 63, source, description, ...options });
}

interface Whole extends ColumnOptions {
  readonly type: string;
  readonly bits: number;
  readonly source: SourceOrPath;
  readonly description: string;
}

/** As most ids and counts are written; any `int` holds 9 digits, any `bigint` 15. */
const SHORT = /^(?:0|[1-9]\d{0,14})$/;
const GID = /^gid:\/\/.*\/(\d+)(?:\?.*)?$/;

function whole({ type, bits, source, description, none }: Whole): Column {
  const limit = 2n ** BigInt(bits);
  const fits = type === 'bigint' ? 15 : 9;
  return scalarColumn({
    type,
    source,
    description,
    none,
    read: (value) => {
      const written = String(value);
      if (written.length <= fits && SHORT.test(written)) return written;
      const tail = typeof value === 'string' ? (GID.exec(value)?.[1] ?? value) : value;
      return numeric(tail, (digits) => {
        const integral = digits.replace(/\.0+$/, '');
        if (integral.includes('.'))
          return { misfit: 'a fraction where a whole number is expected' };
        const number = BigInt(integral);
        return number >= -limit && number < limit
          ? number.toString()
          : { misfit: `a number beyond ${type}` };
      });
    },
  });
}

/** Yes or no as 1 or 0: `tinyint(1)`. Reads booleans, numbers and their texts. */
export function flag(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return scalarColumn({
    type: 'tinyint(1)',
    source,
    description,
    ...options,
    read: (value) => {
      const word = String(value).toLowerCase();
      if (word === '') return null;
      if (word === 'true' || word === '1') return '1';
      if (word === 'false' || word === '0') return '0';
      return { misfit: 'neither true nor false' };
    },
  });
}

function numeric(value: boolean | number | string, fit: (digits: string) => ColumnValue) {
  if (typeof value === 'boolean') return { misfit: 'true or false where a number is expected' };
  if (typeof value === 'string' && value.trim() === '') return null;
  const digits = decimalText(value);
  return digits === undefined ? { misfit: 'text where a number is expected' } : fit(digits);
}
