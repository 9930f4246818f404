import type { SimulatorClock } from './simulated-clock.ts';

/** What a limiter says about one request. */
export interface Taken {
  readonly isAllowed: boolean;
  /** Units left after it. */
  readonly remaining: number;
  /** Until the same request would be allowed; 0 when it was. */
  readonly waitMs: number;
  /** Until everything is available again. */
  readonly resetMs: number;
}

/**
 * A bucket of units that refills steadily: a leaky bucket of calls (Nuvemshop: 40, 2 per second) and a
 * bucket of points (Shopify: 2,000, 100 per second) are the same thing.
 */
export class Bucket {
  readonly #clock: SimulatorClock;
  readonly #size: number;
  readonly #perSecond: number;
  #available: number;
  #at: number;

  constructor(clock: SimulatorClock, size: number, perSecond: number) {
    this.#clock = clock;
    this.#size = size;
    this.#perSecond = perSecond;
    this.#available = size;
    this.#at = clock.now();
  }

  get available(): number {
    const now = this.#clock.now();
    const refill = ((now - this.#at) / 1000) * this.#perSecond;
    this.#available = Math.min(this.#size, this.#available + refill);
    this.#at = now;
    return this.#available;
  }

  /** Takes units where there are enough, and nothing otherwise. */
  take(units = 1): Taken {
    const before = this.available;
    const isAllowed = before >= units;
    if (isAllowed) this.#available = before - units;
    return {
      isAllowed,
      remaining: this.#available,
      waitMs: isAllowed ? 0 : Math.ceil(((units - before) / this.#perSecond) * 1000),
      resetMs: Math.ceil(((this.#size - this.#available) / this.#perSecond) * 1000),
    };
  }

  /** Gives back what a request turned out not to need. */
  giveBack(units: number): void {
    this.#available = Math.min(this.#size, this.available + units);
  }
}

/** A quota that starts anew with every window: calls a minute, tokens a day at midnight of some zone. */
export class WindowQuota {
  readonly #clock: SimulatorClock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #offsetMs: number;
  #window = Number.NEGATIVE_INFINITY;
  #used = 0;

  /** @param offsetMs how long after the UTC boundary a window begins (8 hours: midnight Pacific in winter) */
  constructor(clock: SimulatorClock, limit: number, windowMs: number, offsetMs = 0) {
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#offsetMs = offsetMs;
  }

  get used(): number {
    this.#turn();
    return this.#used;
  }

  take(units = 1): Taken {
    const resetMs = this.#turn();
    const isAllowed = this.#used + units <= this.#limit;
    if (isAllowed) this.#used += units;
    const waitMs = isAllowed ? 0 : resetMs;
    return { isAllowed, remaining: this.#limit - this.#used, waitMs, resetMs };
  }

  /** Starts a new window where one is due; milliseconds until the next. */
  #turn(): number {
    const since = this.#clock.now() - this.#offsetMs;
    const window = Math.floor(since / this.#windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#used = 0;
    }
    return (window + 1) * this.#windowMs - since;
  }
}

/** Use of a limit in per cent that decays over a window: Meta's usage headers. */
export class UsagePercentage {
  readonly #bucket: Bucket;
  readonly #limit: number;

  /** @param limit units that are 100 per cent; they decay completely within `windowMs` */
  constructor(clock: SimulatorClock, limit: number, windowMs: number) {
    this.#bucket = new Bucket(clock, limit, (limit / windowMs) * 1000);
    this.#limit = limit;
  }

  /** From 0 to 100. */
  get percent(): number {
    return Math.round(100 - (this.#bucket.available / this.#limit) * 100);
  }

  take(units = 1): Taken {
    return this.#bucket.take(units);
  }
}
