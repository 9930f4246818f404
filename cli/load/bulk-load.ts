import type { Capabilities } from '../manifest/capabilities.ts';
import type { Relation } from '../manifest/relation.ts';
import type { Connection } from '../warehouse/database.ts';
import { loadBatches } from './bulk/load-batches.ts';
import { tsvBatches } from './bulk/tsv.ts';
import type { CellText } from './seed-table.ts';

export interface BulkLoadOptions {
  readonly connection: Connection;
  readonly capabilities: Capabilities;
  /** A table that no reader knows yet: what was loaded before an error stays in it. */
  readonly relation: Relation;
  readonly columns: readonly string[];
  /** Values in the spelling that the server stores unchanged; dates in UTC, booleans as 0 and 1. */
  readonly rows: AsyncIterable<readonly CellText[]> | Iterable<readonly CellText[]>;
  readonly signal?: AbortSignal | undefined;
  /** Told the number of rows the server has accepted so far. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Sends rows by the fastest way that the server allows, and loses or bends none of them: either all
 * are in the table or the promise rejects (RowRefusedError names the first row that does not fit).
 */
export async function bulkLoad(options: BulkLoadOptions): Promise<{ readonly rows: number }> {
  const { capabilities, relation, columns, signal, onProgress } = options;
  return loadBatches(
    [options.connection],
    {
      relation,
      columns,
      constants: {},
      localInfile: capabilities.localInfile,
      maxAllowedPacket: capabilities.maxAllowedPacket,
      signal,
      onProgress,
    },
    tsvBatches(options.rows),
  );
}
