import type { Kysely } from 'kysely';
import { otherStateVersion } from '../messages.ts';
import type { Connection } from '../database.ts';
import type { Interval } from './intervals.ts';
import type { StreamKey, StreamRun, SyncPurpose } from './sync-key.ts';
import { streamColumns } from './sync-key.ts';
import type { SyncTables } from './sync-tables.ts';
import type { StateTables } from './tables.ts';
import { toInstant, toUtcText } from './utc-text.ts';

/** What was read of a stream. Instants are ISO 8601 in UTC with milliseconds. */
export interface StreamState {
  /** Of the definitions that wrote it. */
  readonly version: number;
  /** Read completely and committed; sorted, touching ones merged. */
  readonly intervals: readonly Interval[];
  /** End of the newest window that a daily sync read completely; backfills do not move it. */
  readonly cursor: string | undefined;
  /** When the newest complete read of a daily sync began: nothing older than this is missing. */
  readonly syncedAt: string | undefined;
  readonly sweptAt: string | undefined;
  readonly deepReadAt: string | undefined;
}

/** What a platform says of an account. */
export interface SyncedAccount {
  readonly platform: string;
  readonly accountId: string;
  readonly name: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** What a run changed, in records; `misfits` in values. */
export interface SyncFigures {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly misfits: number;
  readonly rejected: number;
}

/** The newest run of a stream and purpose. */
export interface StreamRunRecord extends StreamRun {
  readonly runId: string;
  readonly command: string;
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  readonly threadId: number;
  readonly startedAt: string;
  /** `undefined` while it works, and when it died. */
  readonly finishedAt: string | undefined;
  readonly status: string | undefined;
  readonly figures: SyncFigures;
}

export interface StreamRunStart extends StreamRun {
  readonly runId: string;
  readonly command: string;
  readonly host: string;
  readonly user: string;
  readonly pid: number;
}

/** What is known of streams and accounts, in the target database, through one session. */
export class SyncState {
  readonly #connection: Connection;
  readonly #db: Kysely<StateTables>;

  private constructor(connection: Connection, db: Kysely<StateTables>) {
    this.#connection = connection;
    this.#db = db;
  }

  /** Makes or migrates the tables where needed. The session stays the caller's. */
  static async open(connection: Connection): Promise<SyncState> {
    const [{ Kysely }, { ConnectionDialect }, { migrateState }] = await Promise.all([
      import('kysely'),
      import('../kysely-dialect.ts'),
      import('./migrations.ts'),
    ]);
    const db = new Kysely<StateTables>({ dialect: new ConnectionDialect(connection) });
    await migrateState(db as unknown as Kysely<unknown>);
    return new SyncState(connection, db);
  }

  /** What was read of a stream, or `undefined` when nothing was. Throws CX7101 when another version of the definitions wrote it. */
  async stream(key: StreamKey, version: number): Promise<StreamState | undefined> {
    const [row] = await this.#streamRows(key).execute();
    if (row === undefined) return undefined;
    if (Number(row.version) !== version) throw otherStateVersion(key, Number(row.version), version);
    return streamState(row);
  }

  /** State of all streams of a platform, or of all platforms. */
  async streams(
    platform?: string,
  ): Promise<readonly { readonly key: StreamKey; readonly state: StreamState }[]> {
    const all = this.#db.selectFrom('__cortex_sync_streams').selectAll();
    const rows = await (
      platform === undefined ? all : all.where('platform', '=', platform)
    ).execute();
    return rows.map((row) => ({
      key: { platform: row.platform, accountId: row.account_id, stream: row.stream },
      state: streamState(row),
    }));
  }

  /** Forgets what was read of a stream, so that it is read from its start again. Rows stay. */
  async reset(key: StreamKey): Promise<void> {
    const { platform, account_id, stream } = streamColumns(key);
    await this.#db
      .deleteFrom('__cortex_sync_streams')
      .where('platform', '=', platform)
      .where('account_id', '=', account_id)
      .where('stream', '=', stream)
      .execute();
  }

  /** Remembers that a longer look back was read to its end; `at` is when it began. */
  async markDeepRead(key: StreamKey, at: string): Promise<void> {
    const { platform, account_id, stream } = streamColumns(key);
    await this.#db
      .updateTable('__cortex_sync_streams')
      .set({ deep_read_at: toUtcText(at) })
      .where('platform', '=', platform)
      .where('account_id', '=', account_id)
      .where('stream', '=', stream)
      .execute();
  }

  /** Remembers that a stream without windows, such as files, was read whole; `at` is when that began. */
  async markSynced(key: StreamKey, at: string): Promise<void> {
    const synced_at = toUtcText(at);
    await this.#db
      .insertInto('__cortex_sync_streams')
      .values({ ...streamColumns(key), version: 0, intervals: '[]', synced_at })
      .onDuplicateKeyUpdate({ synced_at })
      .execute();
  }

  async account(platform: string, accountId: string): Promise<SyncedAccount | undefined> {
    const [row] = await this.#db
      .selectFrom('__cortex_sync_accounts')
      .selectAll()
      .where('platform', '=', platform)
      .where('account_id', '=', accountId)
      .execute();
    if (row === undefined) return undefined;
    const { name, time_zone: timeZone, currency } = row;
    return { platform, accountId, name, timeZone, currency };
  }

  /** All accounts that were ever asked. */
  async accounts(): Promise<readonly SyncedAccount[]> {
    const rows = await this.#db.selectFrom('__cortex_sync_accounts').selectAll().execute();
    return rows.map(({ platform, account_id: accountId, name, time_zone: timeZone, currency }) => ({
      platform,
      accountId,
      name,
      timeZone,
      currency,
    }));
  }

  /** `at` is when the platform said so. */
  async saveAccount(account: SyncedAccount, at: string): Promise<void> {
    await this.#db
      .replaceInto('__cortex_sync_accounts')
      .values({
        platform: account.platform,
        account_id: account.accountId,
        name: account.name,
        time_zone: account.timeZone,
        currency: account.currency,
        checked_at: toUtcText(at),
      })
      .execute();
  }

  /** Writes the lease of a run that holds the stream's lock through this session. */
  async startRun(run: StreamRunStart, at: string): Promise<void> {
    await this.#db
      .replaceInto('__cortex_sync_runs')
      .values({
        ...streamColumns(run),
        purpose: run.purpose,
        run_id: run.runId,
        command: run.command.slice(0, 500),
        host: run.host,
        user: run.user,
        pid: run.pid,
        thread_id: this.#connection.threadId,
        started_at: toUtcText(at),
        finished_at: null,
        status: null,
        ...NOTHING_CHANGED,
      })
      .execute();
  }

  /** `status` is free text: `success`, `partial`, `error`, `cancelled`. */
  async finishRun(
    run: StreamRun,
    end: { readonly status: string; readonly at: string; readonly figures: SyncFigures },
  ): Promise<void> {
    await this.#db
      .updateTable('__cortex_sync_runs')
      .set({ ...end.figures, status: end.status, finished_at: toUtcText(end.at) })
      .where('platform', '=', run.platform)
      .where('account_id', '=', run.accountId)
      .where('stream', '=', run.stream)
      .where('purpose', '=', run.purpose)
      .execute();
  }

  /** The newest run of every stream and purpose. */
  async runs(): Promise<readonly StreamRunRecord[]> {
    const rows = await this.#db.selectFrom('__cortex_sync_runs').selectAll().execute();
    return rows.map(runRecord);
  }

  #streamRows({ platform, accountId, stream }: StreamKey) {
    return this.#db
      .selectFrom('__cortex_sync_streams')
      .selectAll()
      .where('platform', '=', platform)
      .where('account_id', '=', accountId)
      .where('stream', '=', stream);
  }
}

export const NOTHING_CHANGED: SyncFigures = {
  added: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  misfits: 0,
  rejected: 0,
};

/** The intervals that a row keeps as JSON. */
export function readIntervals(text: string): readonly Interval[] {
  const pairs = JSON.parse(text) as readonly (readonly [string, string])[];
  return pairs.map(([from, to]) => ({ from, to }));
}

export function writeIntervals(intervals: readonly Interval[]): string {
  return JSON.stringify(intervals.map(({ from, to }) => [from, to]));
}

function streamState(row: SyncTables['__cortex_sync_streams']): StreamState {
  const instant = (text: string | null) => (text === null ? undefined : toInstant(text));
  return {
    version: Number(row.version),
    intervals: readIntervals(row.intervals),
    cursor: row.cursor_at ?? undefined,
    syncedAt: instant(row.synced_at),
    sweptAt: instant(row.swept_at),
    deepReadAt: instant(row.deep_read_at),
  };
}

function runRecord(row: SyncTables['__cortex_sync_runs']): StreamRunRecord {
  return {
    platform: row.platform,
    accountId: row.account_id,
    stream: row.stream,
    purpose: row.purpose as SyncPurpose,
    runId: row.run_id,
    command: row.command,
    host: row.host,
    user: row.user,
    pid: Number(row.pid),
    threadId: Number(row.thread_id),
    startedAt: toInstant(row.started_at),
    finishedAt: row.finished_at === null ? undefined : toInstant(row.finished_at),
    status: row.status ?? undefined,
    figures: {
      added: Number(row.added),
      updated: Number(row.updated),
      unchanged: Number(row.unchanged),
      deleted: Number(row.deleted),
      misfits: Number(row.misfits),
      rejected: Number(row.rejected),
    },
  };
}
