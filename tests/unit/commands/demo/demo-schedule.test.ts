import { expect, test } from 'vitest';
import { demoDays, firstDate } from '../../../../cli/commands/demo/demo-schedule.ts';

const OPTIONS = { orders: 400, days: 30, seed: 7 };

test('the shop sells until the evening before the last morning', () => {
  expect(firstDate(OPTIONS)).toBe('2026-09-01');
});

test('it is synced on four mornings, half an hour after it is looked at', () => {
  const days = demoDays(OPTIONS).map(({ index, date, shopAt, syncAt }) => [
    index,
    date,
    new Date(shopAt).toISOString(),
    new Date(syncAt).toISOString(),
  ]);

  expect(days).toEqual([
    [0, '2026-09-28', '2026-09-28T09:00:00.000Z', '2026-09-28T09:30:00.000Z'],
    [1, '2026-09-29', '2026-09-29T09:00:00.000Z', '2026-09-29T09:30:00.000Z'],
    [2, '2026-09-30', '2026-09-30T09:00:00.000Z', '2026-09-30T09:30:00.000Z'],
    [3, '2026-10-01', '2026-10-01T09:00:00.000Z', '2026-10-01T09:30:00.000Z'],
  ]);
});
