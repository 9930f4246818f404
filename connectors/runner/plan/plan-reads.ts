import type { Interval } from '../../../cli/warehouse/state/intervals.ts';
import { addInterval, missingIntervals } from '../../../cli/warehouse/state/intervals.ts';
import type { Cursor } from '../../sdk/definition.ts';
import { addDays, dayOf, startOfDay } from './calendar.ts';
import { windowsOf } from './windows.ts';

/** What a run is asked to read. Days are days of the account's calendar. */
export interface ReadOrder {
  readonly purpose: 'sync' | 'backfill';
  /** First day that is read when nothing was read before. */
  readonly startDate: string;
  /** `--since`: a sync reads from this day, whatever was read before; a backfill what is missing from it on. */
  readonly since?: string | undefined;
  /** `--until`: the last day that is read. */
  readonly until?: string | undefined;
}

/** What was read before, of the stream's state. */
export interface ReadBefore {
  readonly intervals: readonly Interval[];
  readonly cursor: string | undefined;
  readonly deepReadAt: string | undefined;
}

/** The windows of a run, oldest first. */
export interface ReadPlan {
  /** `undefined` stands for everything, of a stream without a cursor. */
  readonly windows: readonly (Interval | undefined)[];
  /** The longer look back is part of it. */
  readonly isDeep: boolean;
}

export interface ReadMoment {
  /** Milliseconds: the moment the read begins. No window ends later. */
  readonly now: number;
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * Says which windows are to be read. A daily sync reads what is missing since the start date, and again what
 * the platform may have changed before the cursor; a backfill reads only what is missing.
 */
export function planReads(
  cursor: Cursor,
  before: ReadBefore,
  order: ReadOrder,
  moment: ReadMoment,
): ReadPlan {
  if (cursor.kind === 'none') {
    return { windows: order.purpose === 'backfill' ? [] : [undefined], isDeep: false };
  }
  const bounds = boundsOf(cursor, order, moment);
  const isDeep = isDeepDue(cursor, before, order, moment);
  const again = readAgain(cursor, before, order, { bounds, moment, isDeep });
  const missing = missingIntervals(before.intervals, bounds);
  const wanted = again.reduce(addInterval, missing.reduce(addInterval, [] as readonly Interval[]));
  const start = startText(cursor, order.startDate, moment);
  const windows = wanted.flatMap((interval) => windowsAround(interval, cursor, start));
  return { windows, isDeep: isDeep && windows.length > 0 };
}

/** What changed before the start date is not restated and mostly sparse: a year of it is one window. */
const OLD_WINDOW_DAYS = 365;

function windowsAround(interval: Interval, cursor: DatedCursor, start: string): Interval[] {
  const { from, to } = interval;
  if (cursor.kind === 'dates' || cursor.firstDay === undefined || from >= start) {
    return windowsOf(interval, cursor);
  }
  const old = { ...cursor, windowDays: Math.max(cursor.windowDays, OLD_WINDOW_DAYS) };
  if (to <= start) return windowsOf(interval, old);
  return [...windowsOf({ from, to: start }, old), ...windowsOf({ from: start, to }, cursor)];
}

/** From the start date (or `--since`, or the stream's own first day) to the last moment that can be read completely. */
function boundsOf(cursor: DatedCursor, order: ReadOrder, moment: ReadMoment): Interval {
  const { now, timeZone } = moment;
  const first = order.since ?? firstDayOf(cursor, order);
  const after = order.until === undefined ? undefined : addDays(order.until, 1);
  if (cursor.kind === 'instants') {
    const last = now - cursor.lagMinutes * MINUTE_MS;
    const to = after === undefined ? last : Math.min(last, startOfDay(after, timeZone));
    return { from: startText(cursor, first, moment), to: instantText(to) };
  }
  const today = dayOf(now, timeZone);
  // A day that is not over cannot be read completely.
  const to = after === undefined || after > today ? today : after;
  const oldest = cursor.historyDays === undefined ? first : addDays(today, 1 - cursor.historyDays);
  return { from: first < oldest ? oldest : first, to };
}

/** A backfill is about the days that people name or configure; what is older comes with a sync. */
function firstDayOf(cursor: DatedCursor, { purpose, startDate }: ReadOrder): string {
  const { firstDay } = { firstDay: undefined, ...cursor };
  if (purpose === 'backfill' || firstDay === undefined || firstDay > startDate) return startDate;
  return firstDay;
}

/** A day as windows of the cursor begin with it. */
function startText({ kind }: DatedCursor, day: string, { timeZone }: ReadMoment): string {
  return kind === 'dates' ? day : instantText(startOfDay(day, timeZone));
}

type DatedCursor = Exclude<Cursor, { readonly kind: 'none' }>;

/** What was read before and is read again. */
function readAgain(
  cursor: DatedCursor,
  before: ReadBefore,
  order: ReadOrder,
  run: { readonly bounds: Interval; readonly moment: ReadMoment; readonly isDeep: boolean },
): readonly Interval[] {
  const { bounds, moment, isDeep } = run;
  if (order.purpose === 'backfill') return [];
  if (order.since !== undefined) return [bounds];
  if (before.cursor === undefined) return [];
  const oldest = isDeep ? deepStart(cursor, moment) : undefined;
  const from = overlapStart(cursor, before.cursor);
  const start = oldest !== undefined && oldest < from ? oldest : from;
  return [{ from: start < bounds.from ? bounds.from : start, to: bounds.to }];
}

function overlapStart(cursor: DatedCursor, end: string): string {
  return cursor.kind === 'instants'
    ? instantText(Date.parse(end) - cursor.overlapHours * HOUR_MS)
    : addDays(end, -cursor.restatedDays);
}

function isDeepDue(
  cursor: DatedCursor,
  { deepReadAt, cursor: end }: ReadBefore,
  order: ReadOrder,
  { now }: ReadMoment,
): boolean {
  const deep = cursor.deepRead;
  if (deep === undefined || order.purpose === 'backfill') return false;
  if (order.since !== undefined || order.until !== undefined) return false;
  if (end === undefined || deepReadAt === undefined) return true;
  return now - Date.parse(deepReadAt) >= deep.everyDays * 24 * HOUR_MS;
}

function deepStart(cursor: DatedCursor, { now, timeZone }: ReadMoment): string | undefined {
  if (cursor.deepRead === undefined) return undefined;
  const day = addDays(dayOf(now, timeZone), -cursor.deepRead.days);
  return cursor.kind === 'instants' ? instantText(startOfDay(day, timeZone)) : day;
}

function instantText(ms: number): string {
  return new Date(ms).toISOString();
}
