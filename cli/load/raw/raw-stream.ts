import type { CellText } from '../seed-table.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { Database } from '../../warehouse/database.ts';
import type { Interval } from '../../warehouse/state/intervals.ts';
import type { SyncPurpose } from '../../warehouse/state/sync-key.ts';

/** The raw tables of one stream, without anything of the platform that fills them. */
export interface RawStreamShape {
  /** `nuvemshop`. */
  readonly platform: string;
  /** `orders`. */
  readonly stream: string;
  /** Of the definitions: state that another version wrote is refused. */
  readonly version: number;
  readonly table: RawTableShape;
  /** Columns of indexes of the table beside its key, each after `_account_id`. */
  readonly indexes?: readonly (readonly string[])[];
  /** Replaced with their parent, in the same transaction. */
  readonly children: readonly RawTableShape[];
  readonly write: RawWriteMode;
}

export interface RawTableShape {
  readonly relation: Relation;
  readonly description: string;
  /** Typed columns; Cortex's own (`_account_id`, `_record`, …) are added by the writer. */
  readonly columns: readonly RawColumn[];
  /**
   * Columns that with `_account_id` are the primary key. A child's begins with as many columns as its parent's
   * key has, which hold the parent's key (`order_id`), and ends with its own key or `_position`.
   * All but `_position` are among `columns`.
   */
  readonly key: readonly string[];
  /**
   * The primary key is a digest of the key columns: `_key`. In a child only its own part is; a child of such a
   * parent has the parent's digest in `_parent_key`.
   */
  readonly hashedKey: boolean;
}

export interface RawColumn {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

export type RawWriteMode =
  /**
   * A record that was read earlier than the stored one changes nothing; with `isVersioned`, one whose version is
   * lower, and of one version that which was read earlier.
   */
  | { readonly mode: 'upsert'; readonly isVersioned: boolean }
  /** Rows of the account whose `windowColumn` lies in the window are replaced as a whole. */
  | { readonly mode: 'replace_window'; readonly windowColumn: string }
  /** What a complete read did not see is marked deleted. */
  | { readonly mode: 'snapshot' };

/** A record, flattened into cells. Cells are in the spelling that the server stores unchanged. */
export interface RawRecord {
  /** One cell for each column of the table. */
  readonly values: readonly CellText[];
  /** The whole record, personal data hashed or dropped where the project says so. */
  readonly json: JsonBytes;
  /** SHA-256 of the record in a stable order of keys, in hex: equal records have equal hashes. */
  readonly hash: string;
  /** Sorts as text; empty where the stream has no version. */
  readonly version: string;
  readonly isDeleted: boolean;
  /** For each child table, the rows of this parent: `_position` and one cell for each column. */
  readonly children: readonly (readonly RawChildRow[])[];
  readonly misfits: readonly RawMisfit[];
}

/**
 * JSON as UTF-8 without line ends or tabs. Its memory may be used again as soon as the next record is asked for.
 */
type JsonBytes = Uint8Array;

export interface RawChildRow {
  /** From 0, over all items of the parent, through nested lists too: no two are equal. */
  readonly position: number;
  readonly values: readonly CellText[];
  readonly json: JsonBytes;
}

/** A value that did not fit its column and is NULL there. */
export interface RawMisfit {
  readonly column: string;
  readonly path: string;
  /** What is wrong, without the value: `text where a number is expected`. */
  readonly problem: string;
  /** SHA-256 of the value: enough to find it again, nothing to read. */
  readonly valueHash: string;
}

/** A window of the account that is read completely before the state says so. */
export interface RawWindow {
  /**
   * Half open, as text that sorts: instants as `2026-10-01T00:00:00.000Z`, dates as `2026-10-01`;
   * `undefined` for streams without a cursor.
   */
  readonly range: Interval | undefined;
  /**
   * Instant of the read's begin by the run's clock, ISO 8601 in UTC: what the state says. `_synced_at` and
   * `_deleted_at` say when the window was opened, by the server's clock.
   */
  readonly readAt: string;
}

/** What a window changed, in records. */
export interface RawChanges {
  readonly added: number;
  readonly updated: number;
  /** Equal to what stands there, or older than it. */
  readonly unchanged: number;
  /** Marked deleted; in replaced windows: removed. */
  readonly deleted: number;
  /** Values that did not fit. */
  readonly misfits: number;
  readonly rejected: number;
}

/** Something about a record that people should know: once per stream, place and run among the issues. */
export interface RawIssue {
  readonly kind: 'misfit' | 'unknown_field' | 'shape';
  /** Name of the raw table. */
  readonly table: string;
  readonly column?: string | undefined;
  readonly path: string;
  /** Without the value. */
  readonly problem: string;
  readonly valueHash?: string | undefined;
}

/** A record that cannot be stored: it has no key. */
export interface RawReject {
  readonly problem: string;
  /** SHA-256 of the record: the same record is kept once. */
  readonly hash: string;
  /** The record as JSON text where the project keeps personal data in clear, else `undefined`. */
  readonly json: string | undefined;
}

/** What `openRawStream` (`open-raw-stream.ts`) needs; its tables are there after `prepareRawTables`. */
export interface RawStreamOptions {
  readonly database: Database;
  readonly shape: RawStreamShape;
  readonly accountId: string;
  /** A backfill does not move the cursor. The caller holds the lock of the stream (`SyncSession.lock`). */
  readonly purpose: SyncPurpose;
  /** Those that the tables were prepared with. */
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The raw tables of one stream of one account. One window or sweep at a time; the session that it writes
 * through is opened by the first one. Every method throws CortexError (CX7104) when the server refuses:
 * what was committed stays, and the state covers no window that is not there.
 */
export interface RawStream extends AsyncDisposable {
  /** Throws CX7101 when another version of the definitions wrote the state. */
  readWindow(window: RawWindow): Promise<RawWindowWriter>;
  /**
   * Takes records that stand in the tables and are to be others (a person was erased), whatever the stream's write
   * mode. The state says nothing of it: nothing was read. The caller holds both locks of the stream.
   */
  amend(at: string): Promise<RawWindowWriter>;
  /** Begins to mark what a sweep tells of. */
  sweep(sweep: RawSweep): Promise<RawSweepWriter>;
}

/**
 * Takes the records of a window. Those of an `upsert` stream are committed batch by batch, the last
 * together with the state; those of the other modes all at once, in `commit`. A window that ends any other
 * way than by `commit` leaves the state as it was, and is read again.
 */
export interface RawWindowWriter extends AsyncDisposable {
  /**
   * Takes records in the order in which they were read, each before it asks for the next. Waits while what came
   * before is written.
   */
  write(records: Iterable<RawRecord>): Promise<void>;
  /** The platform says that these records are gone. Keys are cells of the stream's key columns. */
  deleteKeys(keys: readonly (readonly string[])[]): Promise<void>;
  note(issue: RawIssue): void;
  reject(reject: RawReject): void;
  /**
   * Writes what is left and says in the same transaction that the window was read. Throws ReadSinceError, with
   * nothing written, where rows are replaced and another run has committed a later read of them.
   */
  commit(): Promise<RawChanges>;
  /** Forgets what is not committed. */
  abandon(): Promise<void>;
}

export interface RawSweep {
  /**
   * `existing`: what is not among the keys is marked deleted. Neither kind marks what was changed by a read that
   * began later.
   */
  readonly yields: 'existing' | 'deleted';
  /** Instant of the sweep's begin by the run's clock, ISO 8601 in UTC: what the state says. */
  readonly readAt: string;
}

export interface RawSweepWriter extends AsyncDisposable {
  keys(keys: readonly (readonly string[])[]): Promise<void>;
  /** Marks rows deleted, says that the sweep was done, and how many rows it marked. */
  commit(): Promise<number>;
  abandon(): Promise<void>;
}
