import { InternalError } from '../kernel/errors.ts';
import type { Capabilities } from '../manifest/capabilities.ts';
import type { Relation } from '../manifest/relation.ts';
import type { Connection } from '../warehouse/database.ts';
import type { CellText } from './seed-table.ts';

export interface BulkLoadOptions {
  readonly connection: Connection;
  readonly capabilities: Capabilities;
  /** A table that no reader knows yet: what was loaded before an error stays in it. */
  readonly relation: Relation;
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly CellText[]>;
  readonly signal?: AbortSignal;
  /** Told the number of rows the server has accepted so far. */
  readonly onProgress?: (rows: number) => void;
}

/** Sends rows by the fastest way that the server allows, and loses or bends none of them. */
export async function bulkLoad(options: BulkLoadOptions): Promise<{ readonly rows: number }> {
  throw new InternalError(`loading ${options.relation.name} is being written`);
}
