import { CortexError } from '../../kernel/errors.ts';
import { diagnostic } from '../../kernel/diagnostic.ts';
import type { Relation } from '../../manifest/relation.ts';
import { formatCount } from '../../kernel/format.ts';

/** The server refused one row of a load, or would have changed it. Whoever knows where the row came from says so instead. */
export class RowRefusedError extends CortexError {
  /** Counted from 0 over all rows that were sent. */
  readonly row: number;
  /** The server's own words. */
  readonly reason: string;

  constructor(relation: Relation, row: number, reason: string, cause?: unknown) {
    const message = `the server refuses row ${formatCount(row + 1)} for \`${relation.name}\``;
    super([diagnostic('CX7011', message, { notes: [reason] })], { cause });
    this.row = row;
    this.reason = reason;
  }
}
