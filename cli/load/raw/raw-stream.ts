import type { CellText } from '../seed-table.ts';
import type { Relation } from '../../manifest/relation.ts';

/** The raw tables of one stream, without anything of the platform that fills them. */
export interface RawStreamShape {
  /** `nuvemshop`. */
  readonly platform: string;
  /** `orders`. */
  readonly stream: string;
  /** Of the definitions: state that another version wrote is refused. */
  readonly version: number;
  readonly table: RawTableShape;
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
   * Columns that with `_account_id` are the primary key. A child's begins with the parent's key columns, and
   * ends with its own key or `_position`.
   */
  readonly key: readonly string[];
  /** The primary key is a digest of the key columns. */
  readonly hashedKey: boolean;
}

export interface RawColumn {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

export type RawWriteMode =
  /** With `isVersioned`, a record whose version is lower than the stored one changes nothing. */
  | { readonly mode: 'upsert'; readonly isVersioned: boolean }
  /** Rows of the account whose `windowColumn` lies in the window are replaced as a whole. */
  | { readonly mode: 'replace_window'; readonly windowColumn: string }
  /** What a complete read did not see is marked deleted. */
  | { readonly mode: 'snapshot' };

/** A record, flattened into cells. Cells are in the spelling that the server stores unchanged. */
export interface RawRecord {
  /** One cell for each column of the table. */
  readonly values: readonly CellText[];
  /** The whole record as JSON text, personal data hashed or dropped where the project says so. */
  readonly json: string;
  /** SHA-256 of the record in a stable order of keys, in hex: equal records have equal hashes. */
  readonly hash: string;
  /** Sorts as text; empty where the stream has no version. */
  readonly version: string;
  readonly isDeleted: boolean;
  /** For each child table, the rows of this parent: `_position` and one cell for each column. */
  readonly children: readonly (readonly RawChildRow[])[];
  readonly misfits: readonly RawMisfit[];
}

export interface RawChildRow {
  readonly position: number;
  readonly values: readonly CellText[];
  readonly json: string;
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

/** A window of one account that is read completely before the state says so. Half open, as text that sorts. */
export interface RawWindow {
  readonly accountId: string;
  /** Instants as `2026-10-01T00:00:00.000Z`, dates as `2026-10-01`; `undefined` for streams without a cursor. */
  readonly range: { readonly from: string; readonly to: string } | undefined;
  /** Instant of the read's begin, UTC. */
  readonly readAt: string;
}

/** What a window changed. */
export interface RawChanges {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  /** Values that did not fit. */
  readonly misfits: number;
}
