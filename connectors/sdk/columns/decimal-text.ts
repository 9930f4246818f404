import type { ColumnValue } from '../columns.ts';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** What is in its plain spelling already; a negative number below 1 may be a negative zero. */
const PLAIN = /^(?:0|-?[1-9]\d*)(?:\.\d+)?$/;

/**
 * A number in its plain spelling, exactly: `+1.50` is `1.50`, `1e-7` is `0.0000001`. `undefined` for what is
 * no number in JSON's or MySQL's spelling; a comma is none.
 */
export function decimalText(value: number | string): string | undefined {
  const written = String(value).trim();
  if (PLAIN.test(written)) return written;
  const [match, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(written) ?? [];
  if (match === undefined || whole + fraction === '') return undefined;
  const places = fraction.length - Number(exponent);
  return withPoint(whole + fraction, places, sign === '-');
}

/** Moves the point to the left (to the right, below 0): `shiftDecimal('70000', 6)` is `0.070000`. */
export function shiftDecimal(digits: string, places: number): string {
  if (places === 0) return digits;
  const isNegative = digits.startsWith('-');
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  return withPoint(whole + fraction, fraction.length + places, isNegative);
}

/** Puts the point so that `places` digits follow it. */
function withPoint(digits: string, places: number, isNegative: boolean): string {
  const padded = places < 0 ? digits.padEnd(digits.length - places, '0') : digits;
  const after = Math.max(places, 0);
  const all = padded.padStart(after + 1, '0');
  const whole = all.slice(0, all.length - after).replace(/^0+(?=\d)/, '');
  const fraction = all.slice(all.length - after);
  const number = fraction === '' ? whole : `${whole}.${fraction}`;
  return isNegative && /[1-9]/.test(number) ? `-${number}` : number;
}

const BELOW_ONE = /^-?0(?:\.|$)/;

/** The number if DECIMAL(precision, scale) holds it without a change, or rounded where that is meant. */
export function fitDecimal(
  digits: string,
  type: { readonly precision: number; readonly scale: number; readonly rounds: boolean },
): ColumnValue {
  const point = digits.indexOf('.');
  const isLong = point !== -1 && digits.length - point - 1 > type.scale;
  const rounded = isLong ? atScale(digits, type) : digits;
  if (rounded === undefined) return { misfit: `more than ${type.scale} digits after the point` };
  return wholeDigits(rounded) > type.precision - type.scale && !BELOW_ONE.test(rounded)
    ? { misfit: `a number beyond decimal(${type.precision},${type.scale})` }
    : rounded;
}

/** How many digits stand before the point. */
function wholeDigits(digits: string): number {
  const point = digits.indexOf('.');
  return (point === -1 ? digits.length : point) - (digits.startsWith('-') ? 1 : 0);
}

function atScale(
  digits: string,
  { scale, rounds }: { readonly scale: number; readonly rounds: boolean },
): string | undefined {
  const isNegative = digits.startsWith('-');
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  const rest = fraction.slice(scale);
  if (!rounds && /[1-9]/.test(rest)) return undefined;
  const kept = BigInt(whole + fraction.slice(0, scale)) + (rest >= '5' ? 1n : 0n);
  return withPoint(kept.toString(), scale, isNegative);
}
