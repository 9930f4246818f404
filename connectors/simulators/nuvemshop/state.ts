import { Bucket } from '../limits.ts';
import type { SimulatorClock } from '../simulated-clock.ts';

/** What the platform refuses, switched by a test. */
export type Refusal = 'store_suspended' | 'missing_scope';

/** What Nuvemshop remembers between requests. */
export class NuvemshopState {
  readonly storeId = '2981734';
  /** Codes that the pages of the app gave and nobody traded yet. */
  readonly codes = new Set(['simulated-code']);
  refuses: Refusal | undefined;
  readonly #clock: SimulatorClock;
  readonly #shopClock: SimulatorClock;
  #bucket: Bucket;
  #size = 0;
  /** Lists that are costly to make, by what was asked. */
  readonly #lists = new Map<string, { readonly at: number; readonly list: readonly unknown[] }>();

  constructor(clock: SimulatorClock, shopClock: SimulatorClock) {
    this.#clock = clock;
    this.#shopClock = shopClock;
    this.#bucket = new Bucket(clock, 1, 1);
    this.useBucket(40);
  }

  get bucket(): Bucket {
    return this.#bucket;
  }

  get bucketSize(): number {
    return this.#size;
  }

  /** A bucket of another size, which leaks as much faster; it begins empty of calls. */
  useBucket(size: number): void {
    this.#size = size;
    this.#bucket = new Bucket(this.#clock, size, size / 20);
  }

  /** A list as of the last full minute, made once for it. */
  listOf<T>(name: string, make: (now: number) => readonly T[]): readonly T[] {
    const at = Math.floor(this.#shopClock.now() / MINUTE_MS) * MINUTE_MS;
    const known = this.#lists.get(name);
    if (known?.at === at) return known.list as readonly T[];
    const list = make(at);
    this.#lists.set(name, { at, list });
    return list;
  }
}

const MINUTE_MS = 60_000;
