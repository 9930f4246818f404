import type { Interval } from '../../../cli/warehouse/state/intervals.ts';
import type { Cursor, Slice } from '../../sdk/definition.ts';
import { addDays, daysBetween } from './calendar.ts';

type DatedCursor = Exclude<Cursor, { readonly kind: 'none' }>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An interval cut into windows of the cursor's length, oldest first; the last may be shorter. */
export function windowsOf({ from, to }: Interval, cursor: DatedCursor): Interval[] {
  const windows: Interval[] = [];
  for (let start = from; start < to;) {
    const end = later(start, cursor.windowDays, cursor.kind);
    windows.push({ from: start, to: end < to ? end : to });
    start = end;
  }
  return windows;
}

function later(text: string, days: number, kind: DatedCursor['kind']): string {
  return kind === 'dates'
    ? addDays(text, days)
    : new Date(Date.parse(text) + days * DAY_MS).toISOString();
}

/**
 * The two halves of a window that is too much for the platform, or `undefined` where it cannot be made
 * shorter: a day, or an hour.
 */
export function halvesOf(
  { from, to }: Interval,
  kind: DatedCursor['kind'],
): readonly [Interval, Interval] | undefined {
  const middle = kind === 'dates' ? middleDay(from, to) : middleInstant(from, to);
  return middle === undefined
    ? undefined
    : [
        { from, to: middle },
        { from: middle, to },
      ];
}

function middleDay(from: string, to: string): string | undefined {
  const days = daysBetween(from, to);
  return days < 2 ? undefined : addDays(from, Math.floor(days / 2));
}

function middleInstant(from: string, to: string): string | undefined {
  const half = (Date.parse(to) - Date.parse(from)) / 2;
  return half < HOUR_MS ? undefined : new Date(Date.parse(from) + Math.floor(half)).toISOString();
}

/** A window as a generator gets it. */
export function sliceOf(window: Interval | undefined, kind: Cursor['kind']): Slice {
  if (window === undefined || kind === 'none') return { kind: 'everything' };
  return kind === 'dates'
    ? { kind, ...window }
    : { kind, from: Date.parse(window.from), to: Date.parse(window.to) };
}
