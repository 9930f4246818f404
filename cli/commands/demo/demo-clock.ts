import type { Clock } from '../../kernel/clock.ts';

export interface DemoClock extends Clock {
  /** Milliseconds since the Unix epoch; it never goes back. */
  moveTo(instant: number): void;
  /** From now on it goes as the machine's does. */
  run(): void;
}

/** A wait for a platform's limit takes this long at most, in milliseconds; other work gets its turn meanwhile. */
const LONGEST_WAIT_MS = 5;

/**
 * A clock whose date is simulated: it stands still, and jumps over every wait. Durations are true, so that what is
 * reported is how long it took.
 */
export function demoClock(start: number, machine: Clock): DemoClock {
  let now = start;
  let begun: number | undefined;
  const moveTo = (instant: number): void => {
    now = Math.max(now, instant);
  };
  const run = (): void => {
    begun ??= machine.monotonic();
  };
  return {
    now: () => (begun === undefined ? now : now + Math.floor(machine.monotonic() - begun)),
    monotonic: () => machine.monotonic(),
    sleep: async (ms, signal) => {
      const until = now + ms;
      await machine.sleep(Math.min(ms, LONGEST_WAIT_MS), signal);
      moveTo(until);
    },
    moveTo,
    run,
  };
}
