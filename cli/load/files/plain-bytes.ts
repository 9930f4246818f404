import type { ColumnType } from '../values/column-type.ts';
import type { ValueFormat } from '../values/value-format.ts';

/**
 * Says that a value's bytes are already what the server stores unchanged. What it does not recognise
 * is not wrong: it is made a string and converted.
 */
export type PlainCheck = (bytes: Uint8Array, start: number, end: number) => boolean;

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const BLANK = 0x20;

/** The check for a column: true only for values that its converter would leave as they are. */
export function plainCheck(type: ColumnType, format: ValueFormat): PlainCheck {
  switch (type.kind) {
    case 'integer':
      return digitsCheck(String(type.greatest).length - 1, 0, type.least === 0n);
    case 'decimal':
      return format.decimal === '.'
        ? digitsCheck(type.integerDigits, type.scale, type.isUnsigned)
        : digitsCheck(type.integerDigits, 0, type.isUnsigned);
    case 'date':
      return (bytes, start, end) => end - start === 10 && isDate(bytes, start);
    case 'datetime':
      return (bytes, start, end) => end - start === 19 && isDateTime(bytes, start);
    case 'text': {
      const most = Math.min(type.mostCharacters, type.mostBytes);
      return (_bytes, start, end) => end - start <= most;
    }
    case 'other':
      return () => true;
    case 'float':
    case 'json':
    case 'time':
      return () => false;
  }
}

function digitsCheck(integerDigits: number, scale: number, isUnsigned: boolean): PlainCheck {
  return (bytes, start, end) => {
    let index = start;
    if (bytes[index] === MINUS && !isUnsigned) index += 1;
    const first = index;
    while (index < end && isDigit(bytes[index])) index += 1;
    const digits = index - first;
    if (digits === 0 || digits > integerDigits) return false;
    if (index === end) return true;
    if (bytes[index] !== POINT || scale === 0) return false;
    const point = index;
    index += 1;
    while (index < end && isDigit(bytes[index])) index += 1;
    return index === end && index - point > 1 && index - point - 1 <= scale;
  };
}

/** Days that a month has in every year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `YYYY-MM-DD`; the 29th of February is left to the converter. */
function isDate(bytes: Uint8Array, start: number): boolean {
  const year = digits(bytes, start, 4);
  const month = digits(bytes, start + 5, 2);
  const day = digits(bytes, start + 8, 2);
  return (
    bytes[start + 4] === MINUS &&
    bytes[start + 7] === MINUS &&
    year >= 1000 &&
    day >= 1 &&
    day <= (DAYS[month - 1] ?? 0)
  );
}

/** `YYYY-MM-DD HH:MM:SS`. */
function isDateTime(bytes: Uint8Array, start: number): boolean {
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  return (
    isDate(bytes, start) &&
    bytes[start + 10] === BLANK &&
    bytes[start + 13] === COLON &&
    bytes[start + 16] === COLON &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 59
  );
}

/** The number that some digits write, or -1. */
function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index += 1) {
    if (!isDigit(bytes[index])) return -1;
    value = value * 10 + (bytes[index] as number) - ZERO;
  }
  return value;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
