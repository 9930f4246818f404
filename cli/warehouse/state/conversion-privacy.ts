import type { Kysely, Selectable } from 'kysely';
import type { Connection } from '../database.ts';
import { chunks } from '../../kernel/chunks.ts';
import { LISTED, patiently } from './conversion-statements.ts';
import type { StateTables } from './tables.ts';
import { instantText, toInstant } from './utc-text.ts';

/** Why a row was not sent, or has nothing of its customer any more. */
export const ERASED = 'erased';

/** What became of an event. Times are ISO 8601 in UTC. */
export interface OutboxEvent {
  readonly destination: string;
  readonly eventName: string;
  readonly eventId: string;
  readonly orderId: string;
  readonly operation: string;
  readonly status: string;
  readonly sentAt: string | undefined;
  /** It went out, and nobody knows what became of it. */
  readonly unknownSince: string | undefined;
}

function outboxEvent(row: Selectable<StateTables['__cortex_conversions']>): OutboxEvent {
  return {
    destination: row.destination,
    eventName: row.event_name,
    eventId: row.event_id,
    orderId: row.order_id,
    operation: row.operation,
    status: row.status,
    sentAt: row.sent_at === null ? undefined : toInstant(row.sent_at),
    unknownSince: row.unknown_since === null ? undefined : toInstant(row.unknown_since),
  };
}

/** The outbox of conversions, as far as it is about persons, through one session. */
export class ConversionPrivacy {
  readonly #db: Kysely<StateTables>;

  private constructor(db: Kysely<StateTables>) {
    this.#db = db;
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<ConversionPrivacy> {
    const [{ Kysely: Builder }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Builder<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new ConversionPrivacy(db);
  }

  /** What the outbox holds of some orders. */
  async ofOrders(orderIds: readonly string[]): Promise<readonly OutboxEvent[]> {
    const found: OutboxEvent[] = [];
    for (const part of chunks(orderIds, LISTED)) {
      const rows = await this.#db
        .selectFrom('__cortex_conversions')
        .selectAll()
        .where('order_id', 'in', part)
        .orderBy('id')
        .execute();
      found.push(...rows.map(outboxEvent));
    }
    return found;
  }

  /**
   * Takes what is known of the customers of some orders out of the outbox: what waits is never sent, whoever holds
   * it; of what went out, destination, event, state and times stay.
   */
  async eraseOrders(orderIds: readonly string[]): Promise<void> {
    for (const part of chunks(orderIds, LISTED)) {
      await patiently(() =>
        this.#db
          .updateTable('__cortex_conversions')
          .set({
            status: 'dead',
            code: ERASED,
            due_at: null,
            claimed_by: null,
            claimed_until: null,
          })
          .where('order_id', 'in', part)
          .where('status', 'in', ['due', 'held'])
          .execute(),
      );
      await patiently(() =>
        this.#db
          .updateTable('__cortex_conversions')
          .set({ code: ERASED, identifiers: null })
          .where('order_id', 'in', part)
          .execute(),
      );
    }
  }

  /**
   * Of events that are over and went out (or were queued, where they never did) before an instant, only destination,
   * id, status and times stay. Returns how many had more.
   */
  async forgetOld(before: number): Promise<number> {
    const result = await this.#db
      .updateTable('__cortex_conversions')
      .set({ identifiers: null, sent_value: null })
      .where('status', 'in', ['delivered', 'dead'])
      .where((eb) => eb(eb.fn.coalesce('sent_at', 'queued_at'), '<', instantText(before)))
      .where((eb) => eb.or([eb('identifiers', 'is not', null), eb('sent_value', 'is not', null)]))
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  }
}
