import { expect, test } from 'vitest';
import { retryPolicy } from '../../../cli/warehouse/retry-policy.ts';

test('delays double, are capped, and end with the attempts', () => {
  const policy = retryPolicy(() => 0, 7);

  expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => policy.delay(attempt))).toEqual([
    200,
    400,
    800,
    1600,
    3200,
    5000,
    5000,
    undefined,
  ]);
});

test('a delay is shortened by up to a half', () => {
  expect(retryPolicy(() => 0.999).delay(1)).toBe(100);
});
