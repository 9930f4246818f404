import type { Clock } from '../../../cli/kernel/clock.ts';
import { cortexVersion } from '../../../cli/platform/version.ts';
import type { HttpWorld } from './http-world.ts';
import type { HttpTimeouts } from './timeouts.ts';
import { DEFAULT_TIMEOUTS } from './timeouts.ts';

const DEFAULT_MAX_WAIT_MS = 15 * 60_000;

export interface HttpWorldOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** In [0, 1): `Math.random`. */
  readonly random: () => number;
  /** 15 minutes unless told. */
  readonly maxWaitMs?: number | undefined;
  readonly timeouts?: HttpTimeouts | undefined;
}

/** Connections to platforms, kept open between calls until it is disposed. */
export async function openHttpWorld(
  options: HttpWorldOptions,
): Promise<HttpWorld & AsyncDisposable> {
  const { Agent } = await import('undici');
  const dispatcher = new Agent({ connect: { timeout: DEFAULT_TIMEOUTS.connectMs } });
  return {
    ...options,
    dispatcher,
    maxWaitMs: options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS,
    userAgent: `Cortex Analytics/${cortexVersion()}`,
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
}
