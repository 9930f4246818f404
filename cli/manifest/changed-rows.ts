import type { Relation } from './relation.ts';

/** What an incremental run brings into a table, while its data tests look at it. */
export interface ChangedRows {
  /** A temporary table of the session: the rows that were written, and those that only say that what has their key is gone. */
  readonly batch: Relation;
  /** A condition that is true of rows that were written; every row was without it. */
  readonly written?: string;
}
