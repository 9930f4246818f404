import { Temporal } from 'temporal-polyfill';
import type { Column } from '../columns.ts';
import type { SourceOrPath } from '../value-source.ts';
import type { ColumnOptions } from './column.ts';
import { scalarColumn } from './column.ts';
import { isNoDate } from './instant-text.ts';

/** A day, alone or with a time that says nothing (`2026-10-01 00:00:00`). */
const DATE = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ][\d:.]+)?$/;

/**
 * A day of the account's calendar: `2026-10-01`, `20261001`, `2026-10-01 00:00:00`. Empty texts and zero
 * dates are NULL.
 */
export function date(
  source: SourceOrPath,
  description: string,
  options: ColumnOptions = {},
): Column {
  return scalarColumn({
    type: 'date',
    source,
    description,
    ...options,
    read: (value) => {
      const text = String(value).trim();
      if (isNoDate(text) || text === '00000000') return null;
      const [, year, month, day] = DATE.exec(text) ?? [];
      if (year === undefined) return { misfit: 'no date' };
      const written = `${year}-${month}-${day}`;
      return isRealDate(written) ? written : { misfit: 'a date that does not exist' };
    },
  });
}

const real = new Map<string, boolean>();
/** Reports repeat few days in many rows. */
const MOST_REMEMBERED = 10_000;

function isRealDate(text: string): boolean {
  const known = real.get(text);
  if (known !== undefined) return known;
  const isReal = canBeRead(text);
  if (real.size < MOST_REMEMBERED) real.set(text, isReal);
  return isReal;
}

function canBeRead(text: string): boolean {
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
