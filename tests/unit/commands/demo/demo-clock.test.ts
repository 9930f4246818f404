import { expect, test } from 'vitest';
import { demoClock } from '../../../../cli/commands/demo/demo-clock.ts';
import { FakeClock } from '../../../support/run-events.ts';

test('a wait is jumped over, and its end is the time', async () => {
  const machine = new FakeClock();
  const clock = demoClock(1000, machine);
  const begun = machine.monotonic();

  await clock.sleep(60_000);

  expect(clock.now()).toBe(61_000);
  expect(clock.monotonic() - begun).toBeLessThan(100);
});

test('it stands still until it runs, and never goes back', () => {
  let elapsed = 0;
  const machine = { now: () => 0, monotonic: () => elapsed, sleep: async () => {} };
  const clock = demoClock(1000, machine);

  elapsed = 500;
  const standing = clock.now();
  clock.moveTo(10);
  clock.run();
  elapsed = 700;

  expect(standing).toBe(1000);
  expect(clock.now()).toBe(1200);
});
