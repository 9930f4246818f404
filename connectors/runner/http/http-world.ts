import type { Dispatcher } from 'undici';
import type { Clock } from '../../../cli/kernel/clock.ts';
import type { HttpTimeouts } from './timeouts.ts';

/** What calls to platforms need of a run. */
export interface HttpWorld {
  /** Back-offs and waits pass on it; the time-outs of sockets are real time. */
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly dispatcher: Dispatcher;
  readonly timeouts?: HttpTimeouts | undefined;
  readonly userAgent: string;
  /** Longest time that one call waits for a limit, in milliseconds. */
  readonly maxWaitMs: number;
  readonly signal: AbortSignal;
}
