import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import { CancelledError } from '../kernel/errors.ts';

/** The machine's clock. An aborted sleep rejects with CancelledError. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    wait(ms, undefined, signal === undefined ? {} : { signal }).catch((cause: unknown) => {
      throw new CancelledError('stopped while waiting', { cause });
    }),
};
