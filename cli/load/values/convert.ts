import type { ColumnType } from './column-type.ts';
import { dateReader, dateTimeText } from './read-date.ts';
import { numberReader, numberText } from './read-number.ts';
import type { ValueFormat } from './value-format.ts';

/** The value in the spelling that the server stores unchanged, or `undefined` when it does not fit the type. */
export type Converter = (text: string) => string | undefined;

/**
 * A converter to one column's type. It accepts only what the column keeps whole: nothing is rounded,
 * cut, clamped or guessed. Throws RangeError for a date format that makes no sense.
 */
export function converter(type: ColumnType, format: ValueFormat): Converter {
  switch (type.kind) {
    case 'integer':
      return integerConverter(type, format);
    case 'decimal':
      return decimalConverter(type, format);
    case 'float':
      return floatConverter(format);
    case 'date':
    case 'datetime':
      return dateConverter(type, format);
    case 'time':
      return (text) => (keepsFraction(text, type.fractionDigits) ? text : undefined);
    case 'text':
      return (text) => (fitsText(text, type) ? text : undefined);
    case 'json':
      return (text) => (isJson(text) ? text : undefined);
    case 'other':
      return (text) => text;
  }
}

function integerConverter(
  type: ColumnType & { readonly kind: 'integer' },
  format: ValueFormat,
): Converter {
  const read = numberReader(format);
  return (text) => {
    if (type.acceptsWords) {
      const word = text.trim().toLowerCase();
      if (word === 'true' || word === 'false') return word === 'true' ? '1' : '0';
    }
    const number = read(text);
    const digits = number === undefined ? undefined : numberText(number, 0);
    if (digits === undefined) return undefined;
    const value = BigInt(digits);
    return value >= type.least && value <= type.greatest ? String(value) : undefined;
  };
}

function decimalConverter(
  type: ColumnType & { readonly kind: 'decimal' },
  format: ValueFormat,
): Converter {
  const read = numberReader(format);
  return (text) => {
    const number = read(text);
    if (number === undefined) return undefined;
    const digits = number.integer === '0' ? 0 : number.integer.length;
    if (digits > type.integerDigits || (type.isUnsigned && number.isNegative)) return undefined;
    return numberText(number, type.scale);
  };
}

function floatConverter(format: ValueFormat): Converter {
  const read = numberReader(format);
  return (text) => {
    const number = read(text);
    if (number !== undefined) return numberText(number, Infinity);
    return /^\s*[+-]?(\d+\.?\d*|\.\d+)e[+-]?\d+\s*$/i.test(text) && Number.isFinite(Number(text))
      ? text.trim()
      : undefined;
  };
}

function dateConverter(
  type: ColumnType & { readonly kind: 'date' | 'datetime' },
  format: ValueFormat,
): Converter {
  const read = dateReader(format.dateFormat);
  return (text) => {
    const found = read(text);
    if (found === undefined) return undefined;
    if (type.kind === 'datetime') return dateTimeText(found, type.fractionDigits);
    const isMidnight = found.time === '' || (found.time === '00:00:00' && found.fraction === '');
    return isMidnight && found.offset === undefined ? found.date : undefined;
  };
}

/** Servers judge times, but round what is too fine without a word. */
function keepsFraction(text: string, fractionDigits: number): boolean {
  const fraction = /\.(\d*?)0*\s*$/.exec(text)?.[1] ?? '';
  return fraction.length <= fractionDigits;
}

function fitsText(
  text: string,
  { mostCharacters, mostBytes }: { mostCharacters: number; mostBytes: number },
): boolean {
  if (text.length * 3 <= mostBytes && text.length <= mostCharacters) return true;
  return Buffer.byteLength(text) <= mostBytes && characterCount(text) <= mostCharacters;
}

function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
