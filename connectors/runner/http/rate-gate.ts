import type { Clock } from '../../../cli/kernel/clock.ts';
import type { RatePolicy, RateSignal } from '../../sdk/http.ts';
import type { HttpEvent } from './http-event.ts';

interface GateOptions {
  readonly policy: RatePolicy;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: (event: HttpEvent) => void;
}

/**
 * Lets the calls of one account through: no more at once than allowed, no faster than the bucket refills,
 * and none while the platform asked to wait. First come, first served.
 */
export class RateGate {
  readonly #options: GateOptions;
  #concurrency: number;
  #bucket: { readonly size: number; readonly perSecond: number } | undefined;
  #left: number;
  #filledAt: number;
  #pausedUntil = 0;
  #pauseReason = '';
  /** Costs of the calls under way. */
  readonly #underWay = new Set<{ readonly cost: number }>();
  #turn: Promise<void> = Promise.resolve();
  #onLeave: (() => void) | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#concurrency = options.policy.concurrency;
    this.#bucket = options.policy.bucket;
    this.#left = this.#bucket?.size ?? 0;
    this.#filledAt = options.clock.now();
  }

  /** Resolves when a call may go out, to what says that it is over. Rejects when the run is cancelled. */
  async enter(cost = 1): Promise<() => void> {
    const before = this.#turn;
    let next: () => void = () => undefined;
    this.#turn = new Promise((resolve) => (next = resolve));
    try {
      await before;
      await this.#wait(cost);
      const call = { cost };
      this.#underWay.add(call);
      if (this.#bucket !== undefined) this.#left -= Math.min(cost, this.#bucket.size);
      return () => {
        this.#underWay.delete(call);
        this.#onLeave?.();
      };
    } finally {
      next();
    }
  }

  /** Takes over what an answer says about the limit. */
  obey({ state, waitMs, concurrency, left, bucket }: RateSignal): void {
    const { clock, policy, onEvent } = this.#options;
    onEvent({ type: 'rate', state });
    this.#concurrency = Math.max(
      1,
      Math.min(concurrency ?? policy.concurrency, policy.concurrency),
    );
    this.#onLeave?.();
    if (bucket !== undefined) this.#bucket = bucket;
    if (left !== undefined && this.#bucket !== undefined) {
      const promised = [...this.#underWay].reduce((sum, { cost }) => sum + cost, 0);
      this.#left = left - promised;
      this.#filledAt = clock.now();
    }
    if (waitMs !== undefined && waitMs > 0) this.pause(waitMs, state);
  }

  /** No call goes out for a while. */
  pause(ms: number, reason: string): void {
    const until = this.#options.clock.now() + ms;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#pauseReason = reason;
  }

  async #wait(cost: number): Promise<void> {
    const { clock, signal } = this.#options;
    for (;;) {
      signal.throwIfAborted();
      if (this.#underWay.size >= this.#concurrency) {
        await new Promise<void>((resolve) => (this.#onLeave = resolve));
        this.#onLeave = undefined;
        continue;
      }
      const now = clock.now();
      if (this.#pausedUntil > now) {
        await this.#sleep(this.#pausedUntil - now, this.#pauseReason);
        continue;
      }
      const ms = this.#refill(now, cost);
      if (ms === 0) return;
      await this.#sleep(ms, 'keeping below the rate limit');
    }
  }

  /** Milliseconds until the bucket holds the cost; 0 when it does. */
  #refill(now: number, cost: number): number {
    if (this.#bucket === undefined) return 0;
    const { size, perSecond } = this.#bucket;
    this.#left = Math.min(size, this.#left + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    const missing = Math.min(cost, size) - this.#left;
    return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1000);
  }

  async #sleep(ms: number, reason: string): Promise<void> {
    const { clock, signal, onEvent } = this.#options;
    onEvent({ type: 'waiting', reason, ms });
    await clock.sleep(ms, signal);
  }
}
