import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createWorld } from '../../../../../connectors/simulators/shop/world.ts';
import type { ShopWorld } from '../../../../../connectors/simulators/shop/world-records.ts';

const OPTIONS = { seed: 11, orders: 600, days: 60, startDate: '2026-07-01' };
const NOW = Date.parse('2026-08-20T15:30:00Z');
const EVERYTHING = { from: 0, to: NOW + 1 };

/** What can be asked of a shop, by name. */
const QUESTIONS: Readonly<Record<string, (world: ShopWorld) => unknown>> = {
  orders: ({ orders }) => orders.changed(EVERYTHING, NOW, { offset: 40, limit: 200 }),
  byChange: ({ orders }) => orders.changed(EVERYTHING, NOW, { offset: 0, limit: 50 }, 'changed'),
  accounts: ({ accounts }) => accounts.changed(EVERYTHING, NOW, { offset: 0, limit: 100 }),
  products: ({ catalog }) => [catalog.products(NOW), catalog.categories(NOW), catalog.coupons(NOW)],
  carts: ({ carts }) => carts.abandoned(EVERYTHING, NOW, { offset: 10, limit: 60 }),
  ads: ({ advertising }) => [
    advertising.account('meta'),
    advertising.campaigns('meta', NOW),
    advertising.adSets('google', NOW),
    advertising.ads('tiktok', NOW),
    advertising.days('meta', '2026-07-20', NOW),
    advertising.days('google', '2026-08-20', NOW),
    advertising.searchTerms('2026-07-20', NOW),
  ],
  analytics: ({ analytics }) => [
    analytics.traffic('2026-07-20', NOW),
    analytics.transactions('2026-08-19', NOW),
    analytics.items('2026-07-20', NOW),
    analytics.events('2026-07-20', NOW),
    analytics.landingPages('2026-07-20', NOW),
  ],
  truth: ({ truth }) => [
    truth.journeyOf(17),
    truth.causeOf(18),
    truth.ordersOf(truth.personOf(19)),
  ],
};

const digestOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

const answers = (world: ShopWorld, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, digestOf(QUESTIONS[name]?.(world))]));

test('the same seed gives the same bytes, whatever was asked before', () => {
  const names = Object.keys(QUESTIONS);
  const world = createWorld(OPTIONS);

  const forwards = answers(world, names);
  const again = answers(world, names.toReversed());
  const elsewhere = answers(createWorld(OPTIONS), names.toReversed());

  expect(again).toEqual(forwards);
  expect(elsewhere).toEqual(forwards);
});

test('another seed gives another shop', () => {
  const names = Object.keys(QUESTIONS);

  const one = answers(createWorld(OPTIONS), names);
  const other = answers(createWorld({ ...OPTIONS, seed: 12 }), names);

  for (const name of names) expect(other[name], name).not.toBe(one[name]);
});

test('a shop of a hundred orders and one of five million both open', () => {
  const small = createWorld({ seed: 1, orders: 100, days: 30, startDate: '2026-09-01' });
  const large = createWorld({ seed: 1, orders: 5_000_000, days: 730, startDate: '2024-09-01' });

  expect(small.orders.countBefore(NOW + 365 * 86_400_000)).toBe(100);
  expect(large.orders.countBefore(Date.parse('2027-01-01T00:00:00Z'))).toBe(5_000_000);
  expect(large.orders.life(4_999_999).lines.length).toBeGreaterThan(0);
});

test('a window of the largest shop is paged without making its orders', () => {
  const world = createWorld({ seed: 1, orders: 5_000_000, days: 730, startDate: '2024-09-01' });
  const now = Date.parse('2026-03-01T12:00:00Z');
  const window = { from: now - 86_400_000, to: now };
  world.orders.changed(window, now, { offset: 0, limit: 200 });
  const before = process.cpuUsage();

  const page = world.orders.changed(window, now, { offset: 5000, limit: 200 });

  expect(page.items).toHaveLength(200);
  // 200 orders take about 6 ms of one core; the bound is for a machine that is busy.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(200);
});

test('sizes that make no sense are refused', () => {
  expect(() => createWorld({ ...OPTIONS, orders: 0 })).toThrow(RangeError);
  expect(() => createWorld({ ...OPTIONS, days: 0.5 })).toThrow(RangeError);
});
