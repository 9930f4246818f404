import type { Kysely } from 'kysely';
import type { Connection } from '../database.ts';
import type { StateTables } from './tables.ts';
import { instantText } from './utc-text.ts';

export interface PrivacyRequest {
  readonly requestId: string;
  readonly action: 'erase' | 'export' | 'retain';
  /** `person`, or the rule of a stream: `nuvemshop.carts: delete after 180 days`. */
  readonly rule: string;
  /** HMAC of what was given to find the person by. */
  readonly subject: string | undefined;
  /** Account and machine: `ana@server`. */
  readonly requestedBy: string;
}

/** The list of persons who were erased: keyed digests, and what tells the secret that they were made with. */
export interface ErasedList {
  readonly digests: ReadonlySet<string>;
  readonly secretChecks: ReadonlySet<string>;
}

/** Requests about personal data and the list of who was erased, in the target database, through one session. */
export class PrivacyStore {
  readonly #db: Kysely<StateTables>;

  private constructor(db: Kysely<StateTables>) {
    this.#db = db;
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<PrivacyStore> {
    const [{ Kysely: Builder }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Builder<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new PrivacyStore(db);
  }

  async erased(): Promise<ErasedList> {
    const rows = await this.#db
      .selectFrom('__cortex_privacy_erased')
      .select(['digest', 'secret_check'])
      .execute();
    return {
      digests: new Set(rows.map((row) => row.digest)),
      secretChecks: new Set(rows.map((row) => row.secret_check)),
    };
  }

  /** All that earlier erasures of a person know, by one of the digests. */
  async erasedTogether(digests: readonly string[]): Promise<ReadonlySet<string>> {
    if (digests.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('__cortex_privacy_erased')
      .select('digest')
      .where('request_id', 'in', this.#requestsOf(digests))
      .execute();
    return new Set(rows.map((row) => row.digest));
  }

  async remember(
    requestId: string,
    digests: readonly string[],
    secretCheck: string,
  ): Promise<void> {
    if (digests.length === 0) return;
    await this.#db
      .insertInto('__cortex_privacy_erased')
      .ignore()
      .values(
        digests.map((digest) => ({ digest, request_id: requestId, secret_check: secretCheck })),
      )
      .execute();
  }

  /** `at` is milliseconds since the Unix epoch. */
  async begin(request: PrivacyRequest, at: number): Promise<void> {
    await this.#db
      .insertInto('__cortex_privacy_requests')
      .values({
        request_id: request.requestId,
        action: request.action,
        rule: request.rule,
        subject: request.subject ?? null,
        requested_by: request.requestedBy,
        started_at: instantText(at),
        finished_at: null,
        status: 'running',
        figures: null,
      })
      .execute();
  }

  /** Keeps what a request has found, sealed, until it ends. */
  async keepUnfinished(requestId: string, sealed: string): Promise<void> {
    await this.#db
      .updateTable('__cortex_privacy_requests')
      .set({ figures: JSON.stringify({ unfinished: sealed }) })
      .where('request_id', '=', requestId)
      .execute();
  }

  /** What erasures of a person that did not come to their end have kept, by one of the person's digests. */
  async unfinished(
    digests: readonly string[],
  ): Promise<readonly { readonly requestId: string; readonly sealed: string }[]> {
    if (digests.length === 0) return [];
    const rows = await this.#db
      .selectFrom('__cortex_privacy_requests')
      .select(['request_id', 'figures'])
      .where('status', '=', 'running')
      .where('figures', 'is not', null)
      .where('request_id', 'in', this.#requestsOf(digests))
      .execute();
    return rows.map(({ request_id: requestId, figures }) => {
      const { unfinished } = JSON.parse(figures ?? '{}') as { unfinished: string };
      return { requestId, sealed: unfinished };
    });
  }

  /** Erasures that know one of the digests. */
  #requestsOf(digests: readonly string[]) {
    return this.#db
      .selectFrom('__cortex_privacy_erased')
      .select('request_id')
      .where('digest', 'in', [...digests]);
  }

  /** The figures of the newest request of a rule that came to its end. */
  async lastFigures(rule: string): Promise<unknown> {
    const row = await this.#db
      .selectFrom('__cortex_privacy_requests')
      .select('figures')
      .where('rule', '=', rule)
      .where('status', '=', 'done')
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return JSON.parse(row?.figures ?? 'null') as unknown;
  }

  /** Writes how a request ended: counts alone. `at` is milliseconds since the Unix epoch. */
  async finish(
    requestId: string,
    end: { readonly status: 'done' | 'incomplete'; readonly figures: object; readonly at: number },
  ): Promise<void> {
    await this.#db
      .updateTable('__cortex_privacy_requests')
      .set({
        status: end.status,
        figures: JSON.stringify(end.figures),
        finished_at: instantText(end.at),
      })
      .where('request_id', '=', requestId)
      .execute();
  }
}
