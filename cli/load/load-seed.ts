import { CortexError } from '../kernel/errors.ts';
import type { SeedNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { addIndexesSql, createTableSql } from '../sql/create-table.ts';
import type { TableColumn } from '../sql/create-table.ts';
import type { Connection, Database } from '../warehouse/database.ts';
import { bulkLoad } from './bulk-load.ts';
import { RowRefusedError } from './bulk/row-refused.ts';
import { keyColumns, loadedColumns } from './loaded-columns.ts';
import { rowRefused } from './messages.ts';
import type { SeedTable } from './seed-table.ts';
import { cellPlace } from './seeds/csv-text.ts';

export interface LoadSeedOptions {
  readonly connection: Connection;
  readonly database: Database;
  readonly seed: SeedNode;
  readonly table: SeedTable;
  /** The name to create, usually the shadow of the seed's own. Nothing may stand there. */
  readonly relation: Relation;
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  readonly signal?: AbortSignal | undefined;
  /** Told the number of rows the server has accepted so far. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Creates `relation` and fills it with the seed's rows: all of them, or a CortexError that names the
 * row. After an error a part of the rows may be left in `relation`.
 */
export async function loadSeed(options: LoadSeedOptions): Promise<{ readonly rows: number }> {
  const { connection, database, seed, table, relation, signal, onProgress } = options;
  const runOptions = { node: seed.id, ...(signal === undefined ? {} : { signal }) };
  await connection.execute(seedTableSql(options), runOptions);
  try {
    const loaded = await bulkLoad({
      connection,
      capabilities: database.capabilities,
      relation,
      columns: table.columns.map((column) => column.name),
      rows: table.rows,
      signal,
      onProgress,
    });
    const indexes = addIndexesSql(relation, seed.config.indexes ?? []);
    if (indexes !== undefined) await connection.execute(indexes, runOptions);
    return loaded;
  } catch (error) {
    if (!(error instanceof RowRefusedError)) throw error;
    const place = await cellPlace(table.source, table.records[error.row] ?? 0, 0);
    throw new CortexError([rowRefused(place, error.reason, seed.id)], { cause: error });
  }
}

function seedTableSql(options: LoadSeedOptions): string {
  const { seed, table, relation, tableDefaults, database } = options;
  const { config } = seed;
  const primaryKey = keyColumns(config.primary_key, table.columns);
  const comments = new Map(
    seed.columns.map((column) => [column.name.toLowerCase(), column.description]),
  );
  const columns = loadedColumns(table.columns, {
    primaryKey,
    binaryCollation: database.capabilities.binaryCollation,
  }).map((column): TableColumn => ({
    ...column,
    comment: comments.get(column.name.toLowerCase()) ?? '',
  }));
  return createTableSql({
    relation,
    columns,
    primaryKey,
    engine: config.engine ?? 'InnoDB',
    charset: config.charset ?? tableDefaults.charset,
    collation: config.collation ?? tableDefaults.collation,
    ...(config.row_format === undefined ? {} : { rowFormat: config.row_format }),
    ...(config.partition_by === undefined ? {} : { partitionBy: config.partition_by }),
    comment: seed.description,
  });
}
