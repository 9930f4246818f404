/** A moment of the calendar as it was written. */
export interface ReadDate {
  /** `2026-01-31`. */
  readonly date: string;
  /** `10:00:00`, or empty where no time was written. */
  readonly time: string;
  /** Digits after the second, without zeros at the end. */
  readonly fraction: string;
  /** Minutes east of UTC; `undefined` where no offset was written. */
  readonly offset: number | undefined;
}

export type DateReader = (text: string) => ReadDate | undefined;

const TIME =
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?';
const OFFSET = '(?<offset>Z|[+-]\\d{2}(?::?\\d{2})?)?';
const ISO = new RegExp(
  `^\\s*(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?:[T ]${TIME}\\s?${OFFSET})?\\s*$`,
  'i',
);

/** Parts of a date format: those of Moment (`DD/MM/YYYY HH:mm`) and of strftime (`%d/%m/%Y %H:%M`). */
const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<shortYear>\\d{2})',
  MM: '(?<month>\\d{1,2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};
const STRFTIME: Readonly<Record<string, string>> = {
  '%Y': 'YYYY',
  '%y': 'YY',
  '%m': 'MM',
  '%d': 'DD',
  '%H': 'HH',
  '%M': 'mm',
  '%S': 'ss',
};
const TOKEN = /%[YymdHMS]|YYYY|YY|MM|M|DD|D|HH|H|mm|ss|[^]/g;

/**
 * A reader of ISO dates and of one further format. A time may follow a format that has none.
 * Throws RangeError for a format without year, month and day.
 */
export function dateReader(format: string | undefined): DateReader {
  const special = format === undefined ? undefined : formatPattern(format);
  return (text) => {
    const groups = (ISO.exec(text) ?? special?.exec(text))?.groups;
    return groups === undefined ? undefined : checkedDate(groups);
  };
}

function formatPattern(format: string): RegExp {
  let hasTime = false;
  const seen = new Set<string>();
  const source = (format.match(TOKEN) ?? []).map((piece) => {
    const token = STRFTIME[piece] ?? piece;
    const pattern = TOKENS[token];
    if (pattern === undefined) return piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    const part = token[0] ?? '';
    if (seen.has(part)) throw new RangeError(`\`${token}\` stands twice in it`);
    seen.add(part);
    hasTime ||= part === 'H';
    return pattern;
  });
  if (!['Y', 'M', 'D'].every((part) => seen.has(part))) {
    throw new RangeError('it needs a year (`YYYY`), a month (`MM`) and a day (`DD`)');
  }
  const time = hasTime ? '' : `(?:[T ]${TIME}\\s?${OFFSET})?`;
  return new RegExp(`^\\s*${source.join('')}${time}\\s*$`);
}

function checkedDate(groups: Readonly<Record<string, string | undefined>>): ReadDate | undefined {
  const year = Number(groups['year'] ?? yearOf(groups['shortYear'] ?? ''));
  const month = Number(groups['month']);
  const day = Number(groups['day']);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (groups['hour'] === undefined) return { date, time: '', fraction: '', offset: undefined };
  const hour = Number(groups['hour']);
  const minute = Number(groups['minute'] ?? 0);
  const second = Number(groups['second'] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return {
    date,
    time: `${two(hour)}:${two(minute)}:${two(second)}`,
    fraction: (groups['fraction'] ?? '').replace(/0+$/, ''),
    offset: groups['offset'] === undefined ? undefined : offsetMinutes(groups['offset']),
  };
}

/** 00–68 are this century and 69–99 the last, as POSIX has it. */
function yearOf(shortYear: string): number {
  return Number(shortYear) + (Number(shortYear) < 69 ? 2000 : 1900);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function offsetMinutes(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith('-') ? -minutes : minutes;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * `YYYY-MM-DD HH:MM:SS[.ffffff]`; a moment with an offset is converted to UTC. `undefined` when it has
 * more digits after the second than the column keeps.
 */
export function dateTimeText(read: ReadDate, fractionDigits: number): string | undefined {
  if (read.fraction.length > fractionDigits) return undefined;
  const local = `${read.date} ${read.time === '' ? '00:00:00' : read.time}`;
  const fraction = read.fraction === '' ? '' : `.${read.fraction}`;
  if (read.offset === undefined || read.offset === 0) return `${local}${fraction}`;
  const utc = Date.parse(`${local.replace(' ', 'T')}Z`) - read.offset * 60_000;
  return `${new Date(utc).toISOString().slice(0, 19).replace('T', ' ')}${fraction}`;
}
