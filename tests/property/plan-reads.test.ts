import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Interval } from '../../cli/warehouse/state/intervals.ts';
import { addInterval, missingIntervals } from '../../cli/warehouse/state/intervals.ts';
import { planReads } from '../../connectors/runner/plan/plan-reads.ts';
import { halvesOf, windowsOf } from '../../connectors/runner/plan/windows.ts';
import type { Cursor } from '../../connectors/sdk/definition.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-10-05T12:00:00Z');
const moment = { now: NOW, timeZone: 'America/Sao_Paulo' };

type Dated = Exclude<Cursor, { kind: 'none' }>;

const instants = fc.record({
  kind: fc.constant('instants' as const),
  overlapHours: fc.integer({ min: 0, max: 48 }),
  lagMinutes: fc.integer({ min: 0, max: 60 }),
  windowDays: fc.integer({ min: 1, max: 40 }),
});
const dates = fc.record({
  kind: fc.constant('dates' as const),
  restatedDays: fc.integer({ min: 0, max: 40 }),
  windowDays: fc.integer({ min: 1, max: 40 }),
});
const cursors: fc.Arbitrary<Dated> = fc.oneof(instants, dates);
/** Hours before now. */
const pasts = fc.array(fc.tuple(fc.nat({ max: 9000 }), fc.nat({ max: 2000 })), { maxLength: 5 });

function intervalsOf(past: readonly (readonly [number, number])[], kind: Dated['kind']) {
  const text = (hours: number) => {
    const at = new Date(NOW - hours * HOUR).toISOString();
    return kind === 'dates' ? at.slice(0, 10) : at;
  };
  return past.reduce(
    (done, [hours, length]) =>
      addInterval(done, { from: text(hours + length + 25), to: text(hours + 25) }),
    [] as readonly Interval[],
  );
}

test('what was read and what is planned cover all from the start date to the last moment that is over', () => {
  fc.assert(
    fc.property(cursors, pasts, fc.boolean(), (cursor, past, isBackfill) => {
      const intervals = intervalsOf(past, cursor.kind);
      const before = { intervals, cursor: intervals.at(-1)?.to, deepReadAt: undefined };
      const order = { purpose: isBackfill ? 'backfill' : 'sync', startDate: '2026-01-01' } as const;

      const { windows } = planReads(cursor, before, order, moment);

      const read = windows.reduce(
        (done, window) => (window === undefined ? done : addInterval(done, window)),
        intervals,
      );
      const wanted =
        cursor.kind === 'dates'
          ? { from: '2026-01-01', to: '2026-10-05' }
          : {
              from: '2026-01-01T03:00:00.000Z',
              to: new Date(NOW - cursor.lagMinutes * 60_000).toISOString(),
            };
      expect(missingIntervals(read, wanted)).toEqual([]);
    }),
  );
});

test('no window is empty, longer than the platform takes, or ends after the read began', () => {
  fc.assert(
    fc.property(cursors, pasts, (cursor, past) => {
      const intervals = intervalsOf(past, cursor.kind);
      const before = { intervals, cursor: intervals.at(-1)?.to, deepReadAt: undefined };

      const { windows } = planReads(
        cursor,
        before,
        { purpose: 'sync', startDate: '2026-01-01' },
        moment,
      );

      for (const window of windows) {
        if (window === undefined) throw new Error('a dated window is expected');
        expect(window.from < window.to).toBe(true);
        expect(Date.parse(window.to) - Date.parse(window.from)).toBeLessThanOrEqual(
          cursor.windowDays * 24 * HOUR,
        );
        expect(Date.parse(window.to)).toBeLessThanOrEqual(NOW);
      }
    }),
  );
});

test('windows follow each other without a gap, oldest first', () => {
  fc.assert(
    fc.property(cursors, fc.integer({ min: 1, max: 5000 }), (cursor, hours) => {
      const [interval] = intervalsOf([[0, hours]], cursor.kind);
      if (interval === undefined) return;

      const windows = windowsOf(interval, cursor);

      expect(windows[0]?.from).toBe(interval.from);
      expect(windows.at(-1)?.to).toBe(interval.to);
      windows.slice(1).forEach((window, index) => expect(window.from).toBe(windows[index]?.to));
    }),
  );
});

test('halving a window ends, and loses nothing of it', () => {
  fc.assert(
    fc.property(cursors, fc.integer({ min: 1, max: 5000 }), (cursor, hours) => {
      const [interval] = intervalsOf([[0, hours]], cursor.kind);
      if (interval === undefined) return;

      const parts: Interval[] = [];
      const split = (window: Interval) => {
        const halves = halvesOf(window, cursor.kind);
        if (halves === undefined) parts.push(window);
        else halves.forEach(split);
      };
      split(interval);

      expect(parts.reduce(addInterval, [] as readonly Interval[])).toEqual([interval]);
      expect(parts.length).toBeLessThanOrEqual(hours + 2);
    }),
  );
});

test('a second backfill plans nothing', () => {
  fc.assert(
    fc.property(cursors, pasts, (cursor, past) => {
      const order = { purpose: 'backfill', startDate: '2026-01-01' } as const;
      const intervals = intervalsOf(past, cursor.kind);
      const state = { intervals, cursor: undefined, deepReadAt: undefined };
      const first = planReads(cursor, state, order, moment);
      const done = first.windows.reduce(
        (read, window) => (window === undefined ? read : addInterval(read, window)),
        intervals,
      );

      expect(planReads(cursor, { ...state, intervals: done }, order, moment).windows).toEqual([]);
    }),
  );
});
