import { CortexError } from '../../kernel/errors.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import type { Relation } from '../../manifest/relation.ts';
import { formatCount } from '../../kernel/format.ts';
import type { CellText } from '../seed-table.ts';

export interface RefusedRow {
  readonly row: number;
  readonly values: readonly CellText[];
  readonly reason: string;
  readonly cause: unknown;
}

/** The server refused one row of a load, or would have changed it. Whoever knows where the row came from says so instead. */
export class RowRefusedError extends CortexError {
  /** Counted from 0 over all rows that were sent. */
  readonly row: number;
  readonly values: readonly CellText[];
  /** The server's own words. */
  readonly reason: string;

  constructor(relation: Relation, refused: RefusedRow) {
    const { row, values, reason, cause } = refused;
    const message = `the server refuses row ${formatCount(row + 1)} for \`${relation.name}\``;
    super([diagnostic('CX7011', message, { notes: [reason] })], { cause });
    this.row = row;
    this.values = values;
    this.reason = reason;
  }
}
