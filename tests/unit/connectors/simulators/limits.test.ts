import { expect, test } from 'vitest';
import { Bucket, UsagePercentage, WindowQuota } from '../../../../connectors/simulators/limits.ts';
import { faultsOf, placedFaults, seededFaults } from '../../../../connectors/simulators/faults.ts';
import { manualClock, runningClock } from '../../../../connectors/simulators/simulated-clock.ts';

test('a bucket refuses when it is empty and refills steadily', () => {
  const clock = manualClock(0);
  const bucket = new Bucket(clock, 3, 2);

  const taken = [bucket.take(), bucket.take(), bucket.take(), bucket.take()];
  clock.advance(500);
  const later = bucket.take();

  expect(taken.map(({ isAllowed, remaining }) => [isAllowed, remaining])).toEqual([
    [true, 2],
    [true, 1],
    [true, 0],
    [false, 0],
  ]);
  expect(taken[3]).toMatchObject({ waitMs: 500, resetMs: 1500 });
  expect(later.isAllowed).toBe(true);
});

test('a bucket of points takes what a query costs and gets back what it did not need', () => {
  const bucket = new Bucket(manualClock(0), 2000, 100);

  const first = bucket.take(1900);
  const second = bucket.take(600);
  bucket.giveBack(1000);

  expect(first.isAllowed).toBe(true);
  expect(second).toMatchObject({ isAllowed: false, remaining: 100, waitMs: 5000 });
  expect(bucket.take(600).isAllowed).toBe(true);
});

test('a quota starts anew at the boundary of its window', () => {
  const day = 86_400_000;
  const clock = manualClock(day + 8 * 3_600_000 - 1000);
  const quota = new WindowQuota(clock, 2, day, 8 * 3_600_000);

  const before = [quota.take(), quota.take(), quota.take()];
  clock.advance(1000);
  const after = quota.take();

  expect(before.map(({ isAllowed }) => isAllowed)).toEqual([true, true, false]);
  expect(before[2]?.waitMs).toBe(1000);
  expect(after).toMatchObject({ isAllowed: true, remaining: 1, resetMs: day });
});

test('usage in per cent grows with calls and decays', () => {
  const clock = manualClock(0);
  const usage = new UsagePercentage(clock, 200, 3_600_000);

  for (let call = 0; call < 150; call += 1) usage.take();
  const busy = usage.percent;
  clock.advance(1_800_000);

  expect(busy).toBe(75);
  expect(usage.percent).toBe(25);
});

test('a clock does not go back', () => {
  expect(() => manualClock(1000).moveTo(999)).toThrow(RangeError);
});

test('a running clock follows the machine from a start of its own, faster where asked', () => {
  let machine = 500;
  const clock = runningClock(1_000_000, () => machine, 60);

  machine += 250;

  expect(clock.now()).toBe(1_015_000);
});

test('of several plans each sees every request and the first fault happens', () => {
  const reset = placedFaults([{ fault: { kind: 'reset' }, from: 2 }]);
  const silence = placedFaults([{ fault: { kind: 'silence' }, from: 2, times: 2 }]);
  const plan = faultsOf(reset, silence);
  const asked = [1, 2, 3].map(
    (index) => plan.faultOf({ index, method: 'GET', path: '/', identity: '' })?.kind,
  );

  expect(asked).toEqual([undefined, 'reset', 'silence']);
});

test('placed faults happen to the requests that were meant', () => {
  const plan = placedFaults([
    { fault: { kind: 'reset' }, path: /orders/, from: 2, times: 2 },
    { fault: { kind: 'silence' }, from: 5 },
  ]);
  const asked = ['orders', 'shop', 'orders', 'orders', 'orders', 'shop'].map(
    (path, index) => plan.faultOf({ index, method: 'GET', path, identity: path })?.kind,
  );

  expect(asked).toEqual([undefined, undefined, 'reset', 'reset', 'silence', undefined]);
});

test('seeded faults are the same for the same seed, as many as asked, and let a retry through', () => {
  const faults = [{ kind: 'reset' }, { kind: 'server_error' }] as const;
  const run = (seed: number) => {
    const plan = seededFaults({ seed, rate: 0.3, faults, inARow: 2 });
    return Array.from({ length: 3000 }, (_, index) =>
      plan.faultOf({ index, method: 'GET', path: '/', identity: `page ${index}` }),
    );
  };
  const stubborn = seededFaults({ seed: 1, rate: 1, faults, inARow: 2 });
  const same = Array.from({ length: 6 }, (_, index) =>
    stubborn.faultOf({ index, method: 'GET', path: '/', identity: 'same' }),
  );

  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
  expect(run(1).filter((fault) => fault !== undefined).length / 3000).toBeCloseTo(0.3, 1);
  expect(same.map((fault) => fault !== undefined)).toEqual([true, true, false, true, true, false]);
});
