import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Connection } from '../database.ts';
import { ERASED } from './conversion-privacy.ts';
import { patiently } from './conversion-statements.ts';
import type { StateTables } from './tables.ts';
import { instantText } from './utc-text.ts';

/** A request whose events were taken, and of which the platform has not said yet what became of them. */
interface OpenRequest {
  readonly requestId: string;
  /** Rows of the outbox that went out with it. */
  readonly events: number;
}

/** What a platform said about a request after it had taken it. */
interface RequestOutcome {
  readonly state: string;
  /** Events that it refused in the end. */
  readonly refused: number;
  /** Why, for most of them. */
  readonly code: string | undefined;
}

/** Code of events of a request of which some were refused; nobody but the platform knows which. */
const PARTLY_REFUSED = 'PARTLY_REFUSED';

/** Requests of the outbox that are answered for later, through one session. */
export class ConversionRequests {
  readonly #db: Kysely<StateTables>;

  private constructor(db: Kysely<StateTables>) {
    this.#db = db;
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<ConversionRequests> {
    const [{ Kysely: Builder }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Builder<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new ConversionRequests(db);
  }

  /** The oldest requests since an instant (milliseconds) that were not answered for. */
  async unanswered(
    destination: string,
    { since, limit }: { readonly since: number; readonly limit: number },
  ): Promise<readonly OpenRequest[]> {
    const { rows } = await sql<{ request_id: string; events: string }>`
      select c.request_id, count(*) as events from __cortex_conversions c
      left join __cortex_conversion_requests r
        on r.destination = c.destination and r.request_id = c.request_id
      where c.destination = ${destination} and c.status = 'delivered'
        and c.request_id is not null and r.request_id is null
        and c.sent_at >= ${instantText(since)}
      group by c.request_id order by min(c.sent_at), c.request_id limit ${sql.lit(limit)}`.execute(
      this.#db,
    );
    return rows.map((row) => ({ requestId: row.request_id, events: Number(row.events) }));
  }

  /**
   * Keeps what was said, and tells the rows: all of a request that was refused as a whole are dead, those of one that
   * was refused in part are marked. Rows come first, so that a run that is killed in between asks again.
   */
  async answer(
    destination: string,
    { requestId, events }: OpenRequest,
    { state, refused, code }: RequestOutcome,
    now: number,
  ): Promise<void> {
    if (refused > 0) {
      const isWhole = refused >= events;
      await patiently(() =>
        this.#db
          .updateTable('__cortex_conversions')
          .set(isWhole ? { status: 'dead', code: code ?? state } : { code: PARTLY_REFUSED })
          .where('destination', '=', destination)
          .where('status', '=', 'delivered')
          .where('request_id', '=', requestId)
          .where((eb) => eb.or([eb('code', 'is', null), eb('code', '<>', ERASED)]))
          .execute(),
      );
    }
    await this.#db
      .insertInto('__cortex_conversion_requests')
      .ignore()
      .values({
        destination,
        request_id: requestId,
        state,
        events,
        refused,
        code: code ?? null,
        answered_at: instantText(now),
      })
      .execute();
  }
}
