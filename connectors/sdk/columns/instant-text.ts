import { Temporal } from 'temporal-polyfill';
import type { ColumnValue } from '../columns.ts';

const WITH_OFFSET =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? ?(Z|[+-]\d\d(?::?\d\d)?)$/;
const WITHOUT_OFFSET = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/;
const ZERO_DATE = /^0000-00-00/;
const MINUTE_MS = 60_000;
const YEAR_10000_MS = Date.UTC(10_000, 0, 1);

/** Empty, or the zero date of MySQL and PHP: no date at all. */
export function isNoDate(text: string): boolean {
  return text.trim() === '' || ZERO_DATE.test(text);
}

/** `2026-10-03T18:45:59-0300` as `2026-10-03 21:45:59.000000`, in UTC. */
export function utcText(text: string): ColumnValue {
  if (isPlainUtc(text)) return `${text.slice(0, 10)} ${text.slice(11, 19)}.000000`;
  const match = WITH_OFFSET.exec(text.trim());
  if (match === null) return { misfit: 'no instant: a date, a time and an offset are expected' };
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset = 'Z'] = match;
  const clock = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
  );
  const isReal =
    new Date(clock).getUTCDate() === Number(day) &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!isReal) return { misfit: 'a date or time that does not exist' };
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  return `${minuteText(clock - offsetMs(offset))}:${second}.${micros}`;
}

/**
 * Most instants are `2026-10-03T21:45:59Z`, which is UTC already. Those of the last days of a month are left to
 * the calendar.
 */
function isPlainUtc(text: string): boolean {
  return (
    text.length === 20 &&
    text.endsWith('Z') &&
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':' &&
    isBetween(text, 0, 10, 99) &&
    isBetween(text, 2, 0, 99) &&
    isBetween(text, 5, 1, 12) &&
    isBetween(text, 8, 1, 28) &&
    isBetween(text, 11, 0, 23) &&
    isBetween(text, 14, 0, 59) &&
    isBetween(text, 17, 0, 59)
  );
}

/** Whether the two characters at a place are digits of a number in a range. */
function isBetween(text: string, at: number, least: number, most: number): boolean {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return false;
  const number = tens * 10 + ones;
  return number >= least && number <= most;
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (offset.startsWith('-') ? -minutes : minutes) * MINUTE_MS;
}

function minuteText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * A local time in a zone (`America/Sao_Paulo`, `-03:00`) as UTC. A time that the clock skipped moves forward;
 * of one that came twice the first is meant.
 */
export function zonedText(text: string, zone: string): ColumnValue {
  const local = localText(text);
  if (typeof local !== 'string') return local;
  try {
    const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(zone);
    return sqlText(zoned.toInstant().toString({ fractionalSecondDigits: 6 }));
  } catch {
    return { misfit: `a time that cannot be read in the zone \`${zone}\`` };
  }
}

/** A date and time without an offset, checked and in the server's spelling. */
export function localText(text: string): ColumnValue {
  const written = text.trim();
  if (!WITHOUT_OFFSET.test(written)) return { misfit: 'no date and time without an offset' };
  try {
    const local = Temporal.PlainDateTime.from(written.replace(' ', 'T'));
    return sqlText(local.toString({ fractionalSecondDigits: 6 }));
  } catch {
    return { misfit: 'a date or time that does not exist' };
  }
}

function sqlText(iso: string): string {
  return iso.replace('T', ' ').replace('Z', '');
}

/** Whole microseconds since the Unix epoch as UTC. */
export function epochText(micros: bigint): ColumnValue {
  const ms = Number(micros / 1000n);
  if (micros < 0n || ms >= YEAR_10000_MS) return { misfit: 'an instant beyond the year 9999' };
  const fraction = (micros % 1000n).toString().padStart(3, '0');
  return `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}${fraction}`;
}
