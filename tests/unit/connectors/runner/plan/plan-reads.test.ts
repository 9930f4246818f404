import { describe, expect, test } from 'vitest';
import { planReads } from '../../../../../connectors/runner/plan/plan-reads.ts';
import type { Cursor } from '../../../../../connectors/sdk/definition.ts';

const NOW = Date.parse('2026-10-05T02:00:00Z');
/** It is still 4 October there. */
const moment = { now: NOW, timeZone: 'America/Sao_Paulo' };
const order = { purpose: 'sync', startDate: '2026-09-01' } as const;

const report: Cursor = {
  kind: 'dates',
  restatedDays: 3,
  windowDays: 7,
  historyDays: 60,
  deepRead: { everyDays: 7, days: 20 },
};

const upTo = (to: string, deepReadAt: string | undefined) => ({
  intervals: [{ from: '2026-09-01', to }],
  cursor: to,
  deepReadAt,
});

test('a report is read to yesterday of the account’s calendar, and its restated days again', () => {
  const before = upTo('2026-10-03', '2026-10-04T00:00:00.000Z');

  expect(planReads(report, before, order, moment)).toEqual({
    windows: [{ from: '2026-09-30', to: '2026-10-04' }],
    isDeep: false,
  });
});

test('a longer look back comes when the last one is long ago', () => {
  const before = upTo('2026-10-03', '2026-09-27T00:00:00.000Z');

  const plan = planReads(report, before, order, moment);

  expect(plan.isDeep).toBe(true);
  expect(plan.windows[0]).toEqual({ from: '2026-09-14', to: '2026-09-21' });
  expect(plan.windows.at(-1)).toEqual({ from: '2026-09-28', to: '2026-10-04' });
});

test('what the platform no longer has is not asked for', () => {
  const nothing = { intervals: [], cursor: undefined, deepReadAt: undefined };

  const plan = planReads(report, nothing, { ...order, startDate: '2025-01-01' }, moment);

  expect(plan.windows[0]?.from).toBe('2026-08-06');
});

test('days that are named are read again, and no others', () => {
  const before = upTo('2026-10-03', undefined);

  expect(
    planReads(report, before, { ...order, since: '2026-09-05', until: '2026-09-06' }, moment),
  ).toEqual({ windows: [{ from: '2026-09-05', to: '2026-09-07' }], isDeep: false });
});

test('a stream without a cursor is read whole, and by a sync only', () => {
  const nothing = { intervals: [], cursor: undefined, deepReadAt: undefined };

  expect(planReads({ kind: 'none' }, nothing, order, moment).windows).toEqual([undefined]);
  expect(
    planReads({ kind: 'none' }, nothing, { ...order, purpose: 'backfill' }, moment).windows,
  ).toEqual([]);
});

describe('records that are of use however old they are', () => {
  const nothing = { intervals: [], cursor: undefined, deepReadAt: undefined };
  const products: Cursor = {
    kind: 'instants',
    overlapHours: 1,
    lagMinutes: 0,
    windowDays: 30,
    firstDay: '2024-10-01',
  };

  test('are read from their first day on, in windows of a year before the start date', () => {
    expect(planReads(products, nothing, order, moment).windows).toEqual([
      { from: '2024-10-01T03:00:00.000Z', to: '2025-10-01T03:00:00.000Z' },
      { from: '2025-10-01T03:00:00.000Z', to: '2026-09-01T03:00:00.000Z' },
      { from: '2026-09-01T03:00:00.000Z', to: '2026-10-01T03:00:00.000Z' },
      { from: '2026-10-01T03:00:00.000Z', to: '2026-10-05T02:00:00.000Z' },
    ]);
  });

  test('are read once: the next sync reads what came since', () => {
    const [from, end] = ['2024-10-01T03:00:00.000Z', '2026-10-04T02:00:00.000Z'];
    const before = { intervals: [{ from, to: end }], cursor: end, deepReadAt: undefined };

    expect(planReads(products, before, order, moment).windows).toEqual([
      { from: '2026-10-04T01:00:00.000Z', to: '2026-10-05T02:00:00.000Z' },
    ]);
  });

  test.each([
    ['days that are named', { ...order, since: '2026-10-01' }, '2026-10-01T03:00:00.000Z'],
    ['a backfill', { ...order, purpose: 'backfill' }, '2026-09-01T03:00:00.000Z'],
    ['an earlier start date', { ...order, startDate: '2024-09-01' }, '2024-09-01T03:00:00.000Z'],
  ] as const)('%s are no reason to go further back', (_about, wanted, first) => {
    expect(planReads(products, nothing, wanted, moment).windows[0]?.from).toBe(first);
  });
});
