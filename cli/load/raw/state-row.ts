import { cortexError } from '../../kernel/errors.ts';
import { identifier, relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import { otherStateVersion } from '../../warehouse/messages.ts';
import type { Connection, Database } from '../../warehouse/database.ts';
import type { Interval } from '../../warehouse/state/intervals.ts';
import { addInterval } from '../../warehouse/state/intervals.ts';
import type { StreamKey, SyncPurpose } from '../../warehouse/state/sync-key.ts';
import { readIntervals, writeIntervals } from '../../warehouse/state/sync-state.ts';
import { toUtcText } from '../../warehouse/state/utc-text.ts';

/** Something that was read completely, to be written with its rows. */
export type Progress =
  | { readonly kind: 'window'; readonly range: Interval | undefined; readonly readAt: string }
  | { readonly kind: 'sweep'; readonly readAt: string };

/** Longer than any window is read. */
const REMEMBERED_DAYS = 2;

export interface StateRowOptions extends StreamKey {
  readonly purpose: SyncPurpose;
  /** Of the definitions. */
  readonly version: number;
}

/**
 * The state of one stream, seen from the transaction that writes its rows. Every writer of a stream holds
 * this row first, so that two of them never see half of each other's work and never wait in a circle.
 */
export class StateRow {
  readonly #database: Database;
  readonly #options: StateRowOptions;

  constructor(database: Database, options: StateRowOptions) {
    this.#database = database;
    this.#options = options;
  }

  /**
   * Makes the row where it is missing and tells what was read, and what time it is at the server. Throws CX7101
   * for another version.
   */
  async open(connection: Connection): Promise<OpenedState> {
    const { platform, accountId, stream, version } = this.#options;
    await connection.execute(
      `insert ignore into ${this.#table} (platform, account_id, stream, version, intervals)
       values (${[platform, accountId, stream].map(literal).join(', ')}, ${version}, '[]')`,
    );
    const { intervals } = await this.#read(connection, '');
    const [now] = await connection.query(`select cast(utc_timestamp(6) as char) as at`);
    return { intervals, at: String(now?.['at']) };
  }

  /** Waits until no other writer holds the row, and holds it until the transaction ends. */
  async hold(connection: Connection): Promise<StateOfRow> {
    return this.#read(connection, ' for update');
  }

  /** Whether somebody committed a part of the range that was read from a later time on. The row must be held. */
  async isReadSince(connection: Connection, range: Interval, beganAt: string): Promise<boolean> {
    const rows = await connection.query(
      `select 1 as found from ${this.#reads} where ${this.#where} and began_at > ${literal(beganAt)}
       and range_from < ${literal(range.to)} and range_to > ${literal(range.from)} limit 1 for update`,
    );
    return rows.length > 0;
  }

  /** Says in the open transaction when the read of a range began, to those that began earlier and end later. */
  async noteRead(connection: Connection, range: Interval, beganAt: string): Promise<void> {
    const { platform, accountId, stream } = this.#options;
    const values = [platform, accountId, stream, beganAt, range.from, range.to];
    await connection.execute(
      `delete from ${this.#reads} where ${this.#where}
       and began_at < ${literal(beganAt)} - interval ${REMEMBERED_DAYS} day`,
    );
    await connection.execute(
      `insert ignore into ${this.#reads}
       (platform, account_id, stream, began_at, range_from, range_to) values (${values.map(literal).join(', ')})`,
    );
  }

  /** Says in the open transaction what was read, and which transaction this is. */
  async write(
    connection: Connection,
    held: StateOfRow,
    change: { readonly commitId: string; readonly progress: Progress | undefined },
  ): Promise<void> {
    const sets = [
      `${this.#commitColumn} = ${literal(change.commitId)}`,
      ...this.#progressSql(held, change.progress),
    ];
    await connection.execute(`update ${this.#table} set ${sets.join(', ')} where ${this.#where}`);
  }

  /** Whether the transaction was committed; to be asked when its session has surely ended. */
  async isCommitted(commitId: string): Promise<boolean> {
    const rows = await this.#database.control.query(
      `select 1 as found from ${this.#table} where ${this.#where} and ${this.#commitColumn} = ${literal(commitId)}`,
    );
    return rows.length > 0;
  }

  #progressSql(held: StateOfRow, progress: Progress | undefined): readonly string[] {
    if (progress === undefined) return [];
    const readAt = literal(toUtcText(progress.readAt));
    if (progress.kind === 'sweep') return [`swept_at = ${readAt}`];
    const { range } = progress;
    const isSync = this.#options.purpose === 'sync';
    const syncedAt = isSync ? [`synced_at = ${readAt}`] : [];
    if (range === undefined) return syncedAt;
    const isNewest = isSync && (held.cursor === undefined || held.cursor < range.to);
    return [
      `intervals = ${literal(writeIntervals(addInterval(held.intervals, range)))}`,
      ...(isNewest ? [`cursor_at = ${literal(range.to)}`] : []),
      ...syncedAt,
    ];
  }

  async #read(connection: Connection, lock: string): Promise<StateOfRow> {
    const [row] = await connection.query(
      `select version, intervals, cursor_at from ${this.#table} where ${this.#where}${lock}`,
    );
    if (row === undefined) return this.#isGone();
    const { version } = this.#options;
    const found = Number(row['version']);
    if (found !== version) throw otherStateVersion(this.#options, found, version);
    const cursor = row['cursor_at'];
    return {
      intervals: readIntervals(String(row['intervals'])),
      cursor: typeof cursor === 'string' ? cursor : undefined,
    };
  }

  /** Somebody reset the stream while it was read: what was read does not count. */
  #isGone(): never {
    const { platform, stream, accountId } = this.#options;
    throw cortexError(
      'CX7104',
      `the state of \`${platform}.${stream}\` of account \`${accountId}\` was reset while it was read`,
      { hint: 'sync again', retryable: true },
    );
  }

  get #table(): string {
    const { database } = this.#database;
    return relationSql({ database, name: '__cortex_sync_streams' });
  }

  get #reads(): string {
    const { database } = this.#database;
    return relationSql({ database, name: '__cortex_sync_reads' });
  }

  get #where(): string {
    const { platform, accountId, stream } = this.#options;
    return `platform = ${literal(platform)} and account_id = ${literal(accountId)} and stream = ${literal(stream)}`;
  }

  get #commitColumn(): string {
    return identifier(`${this.#options.purpose}_commit`);
  }
}

/** What is known of a stream when a window of it begins. */
export interface OpenedState {
  readonly intervals: readonly Interval[];
  /** By the server's clock, UTC, as it writes it: runs on several machines agree on it. */
  readonly at: string;
}

/** What the row said when it was taken. */
export interface StateOfRow {
  readonly intervals: readonly Interval[];
  readonly cursor: string | undefined;
}
