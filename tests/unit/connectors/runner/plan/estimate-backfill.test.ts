import { expect, test } from 'vitest';
import { leastTimeOf } from '../../../../../connectors/runner/plan/estimate-backfill.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

test('a backfill lasts as long as the calls of a minute make it', () => {
  expect(leastTimeOf([{ calls: 360, perMinute: 180, perDay: 10_000 }])).toBe(2 * MINUTE_MS);
});

test('calls beyond those of a day wait for the next', () => {
  expect(leastTimeOf([{ calls: 25_000, perMinute: 10_000, perDay: 10_000 }])).toBe(2 * DAY_MS);
});

test('streams of an account share its calls of a day and of a minute', () => {
  const stream = { calls: 9000, perMinute: 10_000, perDay: 10_000 };

  expect(leastTimeOf([stream, stream])).toBe(DAY_MS);
  expect(
    leastTimeOf([
      { calls: 60, perMinute: 60 },
      { calls: 60, perMinute: 120 },
    ]),
  ).toBe(1.5 * MINUTE_MS);
});

test('where a platform names no limit none is reckoned with', () => {
  expect(leastTimeOf([{ calls: 1000 }])).toBe(0);
});
