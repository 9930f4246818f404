import { Temporal } from 'temporal-polyfill';
import type { Slice } from './definition.ts';

/** A window of whole days as platforms take it: `until` is part of it. */
export interface DayRange {
  readonly since: string;
  readonly until: string;
  readonly days: number;
}

/** The days of a slice of a `dates` stream; asking it of another slice is a mistake of the definition. */
export function dayRange(slice: Slice): DayRange {
  if (slice.kind !== 'dates') throw new TypeError(`days of a slice of ${slice.kind}`);
  const from = Temporal.PlainDate.from(slice.from);
  const to = Temporal.PlainDate.from(slice.to);
  return {
    since: slice.from,
    until: to.subtract({ days: 1 }).toString(),
    days: from.until(to).days,
  };
}
