import { Bucket } from '../limits.ts';
import type { SimulatorClock } from '../simulated-clock.ts';

/** How long the simulated shop takes for a bulk operation. */
const BULK_MS = 12_000;

export interface BulkOperation {
  readonly id: string;
  readonly createdAt: number;
  readonly objectCount: number;
  readonly rootObjectCount: number;
  /** JSON lines. */
  readonly text: string;
}

/** A file is downloaded once; that of a month of a large shop is a hundred megabytes. */
const KEPT_OPERATIONS = 3;

/** What the platform remembers of an app: its points and its bulk operations. */
export class ShopifyState {
  points: Bucket;
  /** There is no shop at the domain that is asked: on the wire the domain is the only name of a shop. */
  isNobody = false;
  readonly bulk = new Map<string, BulkOperation>();
  readonly #clock: SimulatorClock;
  #added = 0;

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
    this.points = new Bucket(clock, 2000, 100);
  }

  /** Another number of points from now on. */
  usePoints(size: number): void {
    this.points = new Bucket(this.#clock, size, 100);
  }

  isRunning({ createdAt }: BulkOperation): boolean {
    return this.#clock.now() - createdAt < BULK_MS;
  }

  endOf({ createdAt }: BulkOperation): number {
    return createdAt + BULK_MS;
  }

  addBulk(operation: Omit<BulkOperation, 'id' | 'createdAt'>): BulkOperation {
    const id = `gid://shopify/BulkOperation/${5_120_001 + this.#added}`;
    const added = { id, createdAt: this.#clock.now(), ...operation };
    this.#added += 1;
    this.bulk.set(id, added);
    const [oldest] = this.bulk.keys();
    if (this.bulk.size > KEPT_OPERATIONS && oldest !== undefined) this.bulk.delete(oldest);
    return added;
  }
}
