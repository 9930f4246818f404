import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../../../connectors/simulators/shop/world.ts';

const DAY = 86_400_000;
const world = createWorld({ seed: 3, orders: 1500, days: 90, startDate: '2026-05-01' });
const lives = Array.from({ length: 1500 }, (_, index) => world.orders.life(index));
const START = Date.parse('2026-05-01T03:00:00Z');
const ALL = { offset: 0, limit: 2000 };

/** The same question, answered by looking at every order. */
function changedByHand(from: number, to: number, now: number): number[] {
  return lives.flatMap(({ index, events }) => {
    const last = events.findLast(({ at }) => at <= now)?.at ?? Number.NEGATIVE_INFINITY;
    return last >= from && last < to ? [index] : [];
  });
}

describe('orders that changed in a window', () => {
  test.each([
    ['a day, seen at its end', 40, 41, 41],
    ['a day, seen weeks later', 40, 41, 75],
    ['a day, seen in its middle', 40, 41, 40.5],
    ['a week after the last order', 95, 102, 140],
    ['everything', -10, 400, 400],
    ['a window before the shop', -20, -10, 50],
  ])('%s', (_name, fromDay, toDay, nowDay) => {
    const [from, to, now] = [START + fromDay * DAY, START + toDay * DAY, START + nowDay * DAY];

    const found = world.orders.changed({ from, to }, now, ALL);

    expect(found.items.map(({ order }) => order.index)).toEqual(changedByHand(from, to, now));
    expect(found.total).toBe(found.items.length);
    for (const { updatedAt } of found.items) {
      expect(updatedAt).toBeGreaterThanOrEqual(from);
      expect(updatedAt).toBeLessThan(Math.min(to, now + 1));
    }
  });

  test('leave a closed window when they change again, while it is being paged', () => {
    const window = { from: START + 40 * DAY, to: START + 41 * DAY };
    const totals = [41, 41.2, 42, 45, 60, 41].map((day) => {
      return world.orders.changed(window, START + day * DAY, ALL).total;
    });

    expect(totals.slice(0, 5)).toEqual(totals.slice(0, 5).toSorted((a, b) => b - a));
    expect(totals[4]).toBeLessThan(totals[0] ?? 0);
    expect(totals[5]).toBe(totals[0]);
  });

  test('come in pages that fit together, sorted by placing or by change', () => {
    const window = { from: START, to: START + 90 * DAY };
    const now = START + 80 * DAY;
    const pages = (sortedBy: 'placed' | 'changed') =>
      [0, 400, 800, 1200].flatMap((offset) =>
        world.orders
          .changed(window, now, { offset, limit: 400 }, sortedBy)
          .items.map(({ order, updatedAt }) => ({ index: order.index, updatedAt })),
      );

    const placed = pages('placed').map(({ index }) => index);
    const changed = pages('changed').map(({ updatedAt }) => updatedAt);

    expect(placed).toEqual(changedByHand(window.from, window.to, now));
    expect(changed).toEqual(changed.toSorted((a, b) => a - b));
  });
});

test('orders placed in a window are counted and paged by their numbers', () => {
  const [from, to] = [START + 10 * DAY, START + 20 * DAY];
  const expected = lives.filter(({ placedAt }) => placedAt >= from && placedAt < to);

  const found = world.orders.placed({ from, to }, START + 50 * DAY, { offset: 5, limit: 30 });

  expect(found.total).toBe(expected.length);
  expect(found.items.map(({ order }) => order.index)).toEqual(
    expected.slice(5, 35).map(({ index }) => index),
  );
  expect(world.orders.countBefore(from)).toBe(expected[0]?.index);
});

test('accounts are found by their latest order, as if every order were looked at', () => {
  const now = START + 70 * DAY;
  const window = { from: START + 30 * DAY, to: START + 60 * DAY };
  const last = new Map<number, number>();
  for (const { accountId, placedAt } of lives) {
    if (accountId !== undefined && placedAt <= now) last.set(accountId, placedAt);
  }
  const deleted = new Set(
    world.accounts.deleted({ from: 0, to: now + 1 }, now).map(({ id }) => id),
  );
  const expected = [...last]
    .filter(([id, at]) => at >= window.from && at < window.to && !deleted.has(id))
    .toSorted(([, left], [, right]) => left - right)
    .map(([id]) => id);

  const found = world.accounts.changed(window, now, ALL);

  expect(found.items.map(({ id }) => id)).toEqual(expected);
  expect(found.total).toBe(expected.length);
  for (const account of found.items) {
    const own = lives.filter(({ accountId, placedAt }) => {
      return accountId === account.id && placedAt <= now;
    });
    expect(account.orderCount).toBe(own.length);
    expect(account.totalSpent).toBe(own.reduce((sum, { totals }) => sum + totals.total, 0));
  }
});

test('a deleted account is there before and gone after', () => {
  const everything = { from: 0, to: START + 400 * DAY };
  const [gone] = world.accounts.deleted(everything, START + 400 * DAY);

  expect(gone).toBeDefined();
  expect(world.accounts.at(gone?.id ?? 0, (gone?.deletedAt ?? 0) - 1)?.id).toBe(gone?.id);
  expect(world.accounts.at(gone?.id ?? 0, gone?.deletedAt ?? 0)).toBeUndefined();
});
