import type { Clock } from '../../../cli/kernel/clock.ts';
import type { ResponseOutcome } from '../../sdk/http.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import { backOffMs } from './back-off.ts';
import type { HttpEvent } from './http-event.ts';
import type { RateGate } from './rate-gate.ts';

export interface PatienceOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: HttpEvent) => void;
  readonly gate: RateGate;
  /** Further tries after passing trouble. */
  readonly tries: number;
  /** Longest time that one call waits for a limit, in milliseconds. */
  readonly maxWaitMs: number;
  /** Gets another token than the one that was refused; absent where tokens are settings. */
  readonly renewToken: ((refused: string) => Promise<void>) | undefined;
  readonly scrub: (text: string) => string;
}

/** Outcomes after which a call is not over yet, or failed. */
export type OpenOutcome = Exclude<
  ResponseOutcome,
  { readonly action: 'ok' | 'end_of_pages' | 'skip_record' }
>;

const DEFAULT_TRIES = 5;

export function triesOf(tries: number | undefined): number {
  return tries ?? DEFAULT_TRIES;
}

/** What one call does about its answers: returns when it is to be sent again, throws ReadFailure otherwise. */
export class Patience {
  readonly #options: PatienceOptions;
  #failures = 0;
  #limits = 0;
  #waitedMs = 0;
  #hasRenewed = false;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /**
   * Passing trouble: waits, longer each time and at least as long as the platform asks for, and gives up after some
   * tries.
   */
  async retry(written: string, leastMs = 0): Promise<void> {
    const { clock, random, signal, tries, maxWaitMs, scrub, onEvent } = this.#options;
    const reason = scrub(written);
    if (this.#failures >= tries) {
      throw new ReadFailure({ action: 'retry', reason: `${reason}, ${tries + 1} times` });
    }
    if (leastMs > maxWaitMs) {
      throw new ReadFailure({ action: 'stop_until_reset', reason, waitMs: leastMs });
    }
    const ms = Math.max(backOffMs(this.#failures, random), leastMs);
    this.#failures += 1;
    onEvent({ type: 'waiting', reason, ms });
    await clock.sleep(ms, signal);
  }

  /** @param token the access token that the answered call was sent with */
  async act(outcome: OpenOutcome, token: string | undefined): Promise<void> {
    switch (outcome.action) {
      case 'retry':
        return this.retry(outcome.reason, outcome.waitMs);
      case 'rate_limited':
        return this.#slowDown(outcome.reason, outcome.waitMs);
      case 'refresh_auth':
        return this.#renew(token);
      case 'split_request':
      case 'skip_account':
      case 'stop_until_reset':
      case 'fatal':
        throw new ReadFailure({ ...outcome, reason: this.#options.scrub(outcome.reason) });
    }
  }

  /** Counted waits have no end but the longest wait of a run. */
  async #slowDown(written: string, waitMs: number | undefined): Promise<void> {
    const { random, gate, maxWaitMs, scrub } = this.#options;
    const reason = scrub(written);
    // A wait of nothing is none: the platform would be asked again at once, for ever.
    const ms = waitMs === undefined || waitMs <= 0 ? backOffMs(this.#limits, random) : waitMs;
    this.#limits += 1;
    this.#waitedMs += ms;
    if (this.#waitedMs > maxWaitMs) {
      throw new ReadFailure({ action: 'stop_until_reset', reason, waitMs: ms });
    }
    // The limit is the account's: its other calls wait too.
    gate.pause(ms, reason);
  }

  async #renew(token: string | undefined): Promise<void> {
    const { renewToken } = this.#options;
    if (renewToken === undefined || token === undefined || this.#hasRenewed) {
      const reason = 'the platform does not accept the credentials';
      throw new ReadFailure({ action: 'fatal', kind: 'auth', reason });
    }
    this.#hasRenewed = true;
    await renewToken(token);
  }
}
