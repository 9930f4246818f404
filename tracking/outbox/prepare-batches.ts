import { setImmediate } from 'node:timers/promises';
import type { ClaimedEvent } from '../../cli/warehouse/state/conversion-outbox.ts';
import type { ConversionRow } from './conversion-columns.ts';
import type { Judgement } from './judge.ts';
import { judge } from './judge.ts';
import { oneAhead } from './one-ahead.ts';
import type { SendOptions } from './send-due.ts';

export interface JudgedEvent {
  readonly claimed: ClaimedEvent;
  readonly judgement: Judgement;
}

export interface Sendable extends JudgedEvent {
  readonly judgement: Extract<Judgement, { readonly verdict: 'send' }>;
}

/** Events that a worker holds, and what is to become of each. */
export interface PreparedBatch {
  readonly judged: readonly JudgedEvent[];
  /** When consent and age were looked at; milliseconds since the Unix epoch. */
  readonly judgedAt: number;
}

interface ReadBatch {
  readonly claimed: readonly ClaimedEvent[];
  readonly rows: ReadonlyMap<string, ConversionRow>;
}

/** Longer than a request and its answer may take. */
const LEASE_MS = 15 * 60_000;
/** A batch that waited longer for the one before it is read and judged anew. */
const FRESH_MS = 5_000;
/** Events that are judged before sockets are looked at again. */
const SLICE = 100;

/** Claims, reads and judges what is due to a destination. Nothing but the claim is written. */
export class BatchPreparation {
  readonly #options: SendOptions;
  /** Claimed, and not handed out to be sent. */
  readonly #waiting = new Set<number>();
  #left: number;
  #isStopped = false;

  constructor(options: SendOptions) {
    this.#options = options;
    this.#left = options.limit ?? Number.POSITIVE_INFINITY;
  }

  /** The next events, at most so many; `undefined` where none are due. */
  async next(size: number): Promise<PreparedBatch | undefined> {
    const batch = await this.#read(size);
    return batch === undefined ? undefined : this.#handedOut(await this.#judge(batch));
  }

  /** All batches: while one is sent, the next is judged, and the one after it is claimed and read. */
  async *ahead(size: number): AsyncGenerator<PreparedBatch> {
    for await (const batch of oneAhead(this.#judgedBatches(size))) yield this.#handedOut(batch);
  }

  /** The batch, or one of the same events where consent and age were looked at too long ago. */
  async fresh(batch: PreparedBatch): Promise<PreparedBatch> {
    if (this.#options.clock.now() - batch.judgedAt <= FRESH_MS) return batch;
    return this.#judge(await this.#withRows(batch.judged.map(({ claimed }) => claimed)));
  }

  /** Lets go what was claimed and will not be sent in this run. */
  async release(): Promise<void> {
    this.#isStopped = true;
    await this.#options.outbox.release(this.#options.worker, [...this.#waiting]);
    this.#waiting.clear();
  }

  async *#judgedBatches(size: number): AsyncGenerator<PreparedBatch> {
    for await (const batch of oneAhead(this.#readBatches(size))) yield await this.#judge(batch);
  }

  async *#readBatches(size: number): AsyncGenerator<ReadBatch> {
    while (!this.#isStopped) {
      const batch = await this.#read(size);
      if (batch === undefined) return;
      yield batch;
    }
  }

  async #read(size: number): Promise<ReadBatch | undefined> {
    const { outbox, destination, worker, clock, signal } = this.#options;
    const limit = Math.min(size, this.#left);
    if (limit <= 0 || signal.aborted) return undefined;
    const claimed = await outbox.claim({
      destination: destination.name,
      worker,
      now: clock.now(),
      leaseMs: LEASE_MS,
      limit,
    });
    if (claimed.length === 0) return undefined;
    this.#left -= claimed.length;
    for (const { id } of claimed) this.#waiting.add(id);
    return this.#withRows(claimed);
  }

  async #withRows(claimed: readonly ClaimedEvent[]): Promise<ReadBatch> {
    const orderIds = new Set(claimed.map(({ orderId }) => orderId));
    return { claimed, rows: await this.#options.read([...orderIds]) };
  }

  async #judge({ claimed, rows }: ReadBatch): Promise<PreparedBatch> {
    const { destination, settings, isErased, clock } = this.#options;
    const now = clock.now();
    const context = { destination, settings, isErased, now };
    const judged: JudgedEvent[] = [];
    for (const event of claimed) {
      judged.push({ claimed: event, judgement: judge(event, rows.get(event.orderId), context) });
      if (judged.length % SLICE === 0) await setImmediate();
    }
    return { judged, judgedAt: now };
  }

  #handedOut(batch: PreparedBatch): PreparedBatch {
    for (const { claimed } of batch.judged) this.#waiting.delete(claimed.id);
    return batch;
  }
}
