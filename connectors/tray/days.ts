import type { Slice } from '../sdk/definition.ts';

/** Tray writes and filters by Brasília's time, 3 hours behind UTC, and says so nowhere. */
const OFFSET_MS = 3 * 3_600_000;

/** First and last day of a slice, in Brasília's time. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

export function daysOf(slice: Extract<Slice, { kind: 'instants' }>): Days {
  return { first: dayOf(slice.from), last: dayOf(slice.to - 1) };
}

function dayOf(ms: number): string {
  return new Date(ms - OFFSET_MS).toISOString().slice(0, 10);
}

/**
 * The filter `modified`: two days are the documented form. One day means that day, or everything since: both
 * contain it.
 */
export function modifiedFilter({ first, last }: Days): string {
  return first === last ? first : `${first},${last}`;
}

/** Whether `2026-10-01 12:00:00` lies in these days; a time that cannot be read does. */
export function isWithin({ first, last }: Days, modified: unknown): boolean {
  const day = typeof modified === 'string' ? modified.slice(0, 10) : '';
  return !/^[1-9]\d{3}-\d\d-\d\d$/.test(day) || (day >= first && day <= last);
}
