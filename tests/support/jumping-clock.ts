import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../cli/kernel/clock.ts';
import { CancelledError } from '../../cli/kernel/errors.ts';

export interface JumpingClock extends Clock {
  /** Every wait so far, in milliseconds. */
  readonly waits: readonly number[];
  advance(ms: number): void;
}

/** A clock that stands still until somebody waits on it, and then is at the end of that wait at once. */
export function jumpingClock(start = '2026-10-05T12:00:00Z'): JumpingClock {
  let now = Date.parse(start);
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    monotonic: () => now,
    advance: (ms) => (now += ms),
    sleep: async (ms, signal) => {
      throwIfAborted(signal);
      const until = now + ms;
      waits.push(ms);
      await nextTurn();
      throwIfAborted(signal);
      now = Math.max(now, until);
    },
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError('stopped while waiting');
}
