import type { Kysely } from 'kysely';
import { patiently } from './conversion-statements.ts';
import type { Lease } from './outbox-writer.ts';
import type { StateTables } from './tables.ts';
import { instantText } from './utc-text.ts';

/** After which nothing is written any more by a worker that was taken for dead. */
const SURELY_DEAD_MS = 24 * 3_600_000;

/**
 * Workers that hold events which nobody waits for: an event that goes out as soon as it is queued has no time at which
 * it is due, so that the index of what is due is not written for it, twice. What such a worker leaves behind when it
 * dies is found by its name.
 */
export class OutboxWorkers {
  readonly #db: Kysely<StateTables>;
  /** Until when this process is known to hold events, in milliseconds, by worker and destination. */
  readonly #known = new Map<string, number>();

  constructor(db: Kysely<StateTables>) {
    this.#db = db;
  }

  /** Before a worker queues what it holds. Written for a third longer than that is for, and so not for every batch. */
  async note({ destination, worker, now, leaseMs }: Lease): Promise<void> {
    const key = `${destination} ${worker}`;
    if ((this.#known.get(key) ?? 0) >= now + leaseMs) return;
    const until = now + leaseMs + leaseMs / 3;
    const held = { held_until: instantText(until), taken_back_at: null };
    await this.#db
      .insertInto('__cortex_conversion_workers')
      .values({ destination, worker, ...held })
      .onDuplicateKeyUpdate(held)
      .execute();
    this.#known.set(key, until);
  }

  /** A worker has nothing left. */
  async forget(destination: string, worker: string): Promise<void> {
    this.#known.delete(`${destination} ${worker}`);
    await this.#db
      .deleteFrom('__cortex_conversion_workers')
      .where('destination', '=', destination)
      .where('worker', '=', worker)
      .execute();
  }

  /**
   * Makes due what workers hold that did not come back in time. They are looked at once more a day later: one that was
   * only stopped may have gone on to queue, and died then.
   */
  async takeBack(destination: string, now: number): Promise<void> {
    const isSecond = instantText(now - SURELY_DEAD_MS);
    const workers = await this.#db
      .selectFrom('__cortex_conversion_workers')
      .select(['worker', 'taken_back_at'])
      .where('destination', '=', destination)
      .where('held_until', '<=', instantText(now))
      .where((eb) => eb.or([eb('taken_back_at', 'is', null), eb('taken_back_at', '<=', isSecond)]))
      .execute();
    for (const { worker, taken_back_at: before } of workers) {
      await this.#makeDue(destination, worker, now);
      if (before === null) {
        await this.#db
          .updateTable('__cortex_conversion_workers')
          .set({ taken_back_at: instantText(now) })
          .where('destination', '=', destination)
          .where('worker', '=', worker)
          .where('held_until', '<=', instantText(now))
          .execute();
      } else {
        await this.#db
          .deleteFrom('__cortex_conversion_workers')
          .where('destination', '=', destination)
          .where('worker', '=', worker)
          .where('taken_back_at', '<=', isSecond)
          .execute();
      }
    }
  }

  /** Reads the whole outbox of a destination, which only a death makes necessary. */
  async #makeDue(destination: string, worker: string, now: number): Promise<void> {
    await patiently(() =>
      this.#db
        .updateTable('__cortex_conversions')
        .set((eb) => ({ due_at: eb.ref('queued_at') }))
        .where('destination', '=', destination)
        .where('claimed_by', '=', worker)
        .where('claimed_until', '<=', instantText(now))
        .where('status', 'in', ['due', 'held'])
        .where('due_at', 'is', null)
        .execute(),
    );
  }
}
