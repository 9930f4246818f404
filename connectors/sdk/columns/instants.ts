import type { Column, ColumnValue, ValuePlace } from '../columns.ts';
import type { JsonRecord, JsonValue } from '../json.ts';
import type { SourceOrPath } from '../value-source.ts';
import { isRecord } from '../value-source.ts';
import type { ColumnOptions } from './column.ts';
import { scalarColumn } from './column.ts';
import { decimalText, shiftDecimal } from './decimal-text.ts';
import { epochText, isNoDate, localText, utcText, zonedText } from './instant-text.ts';

const TYPE = 'datetime(6)';

/**
 * An instant, stored in UTC: from a text with an offset (`Z`, `+0000`, `-03:00`), or from the map that PHP
 * makes of a date (`{date, timezone_type, timezone}`). Empty texts and zero dates are NULL.
 */
export function instant(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  const column = dateColumn(source, description, { ...options, read: utcText });
  return {
    ...column,
    read: (value, place) => (isPhpDate(value) ? readPhpDate(value) : column.read(value, place)),
  };
}

interface PhpDate {
  readonly date: string;
  readonly timezone?: JsonValue;
}

function isPhpDate(value: JsonValue | undefined): value is JsonRecord & PhpDate {
  return isRecord(value) && typeof value['date'] === 'string';
}

function readPhpDate({ date: text, timezone }: PhpDate): ColumnValue {
  if (isNoDate(text)) return null;
  if (typeof timezone !== 'string') return { misfit: 'a date map without a time zone' };
  return timezone === 'UTC' || timezone === 'Z' || timezone === '+00:00'
    ? utcText(`${text}Z`)
    : zonedText(text, timezone);
}

export interface LocalOptions extends ColumnOptions {
  /** `account`: the zone of the account; else a fixed offset (`-03:00`) or an IANA name. */
  readonly zone: string;
}

/** An instant that the platform writes as a local time without an offset; stored in UTC. */
export function localInstant(
  source: SourceOrPath,
  description: string,
  { zone, ...options }: LocalOptions,
): Column {
  return dateColumn(source, description, {
    ...options,
    read: (text, { timeZone }) => zonedText(text, zone === 'account' ? timeZone : zone),
  });
}

/** A local date and time as the platform writes it, without a zone: `datetime(6)`. */
export function localDateTime(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return dateColumn(source, description, { ...options, read: localText });
}

/** An instant as a count since the Unix epoch, stored in UTC; 0 and the empty text are NULL. */
export function epoch(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions & { readonly unit: 'seconds' | 'milliseconds' | 'microseconds' },
): Column {
  const places = { seconds: 6, milliseconds: 3, microseconds: 0 }[options.unit];
  return scalarColumn({
    type: TYPE,
    source,
    description,
    none: options.none,
    read: (value) => {
      if (value === '') return null;
      const digits = typeof value === 'boolean' ? undefined : decimalText(value);
      if (digits === undefined) return { misfit: 'no count of time since 1970' };
      const micros = shiftDecimal(digits, -places).split('.')[0] ?? '';
      return micros === '0' ? null : epochText(BigInt(micros));
    },
  });
}

interface DateReading extends ColumnOptions {
  readonly read: (text: string, place: ValuePlace) => ColumnValue;
}

function dateColumn(source: SourceOrPath, description: string, reading: DateReading): Column {
  return scalarColumn({
    type: TYPE,
    source,
    description,
    none: reading.none,
    read: (value, place) => {
      if (typeof value !== 'string') return { misfit: 'no text where a date is expected' };
      return isNoDate(value) ? null : reading.read(value, place);
    },
  });
}
