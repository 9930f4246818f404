import { CortexError } from '../kernel/errors.ts';
import type { Relation } from '../manifest/relation.ts';
import { addIndexesSql, createTableSql } from '../sql/create-table.ts';
import { buildNames } from '../sql/build-names.ts';
import { identifier } from '../sql/identifier.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import type { Connection, Database } from '../warehouse/database.ts';
import { dropAnySql } from '../warehouse/swap.ts';
import { loadBatches } from './bulk/load-batches.ts';
import { RowRefusedError } from './bulk/row-refused.ts';
import type { FileStream, TableColumnOfFile } from './files/file-stream.ts';
import { SOURCE_FILE_COLUMN, SOURCE_LINE_COLUMN, SYNCED_AT_COLUMN } from './files/file-stream.ts';
import type { OpenedFile } from './files/read-file.ts';
import { readFile } from './files/read-file.ts';
import { replaceTable } from './files/replace-table.ts';
import { keyColumns, loadedColumns } from './loaded-columns.ts';
import { differentHeader, rawTableRefused, rowRefused } from './messages.ts';

interface SyncProgress {
  readonly stream: string;
  /** The file that is being loaded. */
  readonly file: string;
  /** Rows that the server has accepted so far, over all files. */
  readonly rows: number;
}

export interface SyncFilesOptions {
  readonly database: Database;
  readonly stream: FileStream;
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  /** UTC, as `YYYY-MM-DD HH:MM:SS.ffffff`: what `_synced_at` says in every row. */
  readonly syncedAt: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined;
}

export interface SyncedStream {
  readonly relation: Relation;
  readonly rows: number;
  readonly files: number;
}

/**
 * Loads the files of a stream into a new table beside the old one and puts it in its place by one
 * RENAME. Whatever goes wrong before (a damaged file, a value that does not fit, Ctrl-C) leaves the old
 * table as it was. The memory that it needs does not depend on the size of the files.
 */
export async function syncFiles(options: SyncFilesOptions): Promise<SyncedStream> {
  const { relation } = options.stream;
  try {
    return await replaceWithFiles(options);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const retryable = error.kind === 'connection_lost';
    throw new CortexError([rawTableRefused(relation, error)], { cause: error, retryable });
  }
}

async function replaceWithFiles(options: SyncFilesOptions): Promise<SyncedStream> {
  const { database, stream, signal } = options;
  const { relation } = stream;
  const { shadow } = buildNames(relation);
  await using connection = await database.connect();
  if (relation.database !== database.database) {
    await connection.execute(`create database if not exists ${identifier(relation.database)}`);
  }
  try {
    const rows = await loadShadow(connection, shadow, options);
    await replaceTable(database, relation, signal);
    return { relation, rows, files: stream.files.length };
  } catch (error) {
    await dropRelation(connection, shadow).catch(() => undefined);
    throw error;
  }
}

async function dropRelation(connection: Connection, relation: Relation): Promise<void> {
  for (const sql of dropAnySql(relation)) await connection.execute(sql);
}

async function loadShadow(
  connection: Connection,
  shadow: Relation,
  options: SyncFilesOptions,
): Promise<number> {
  const { stream, signal } = options;
  const runOptions = signal === undefined ? {} : { signal };
  let rows = 0;
  let first: FileColumns | undefined;
  for (const file of stream.files) {
    await using opened = await readFile(stream, file);
    if (first === undefined) {
      await dropRelation(connection, shadow);
      await connection.execute(streamTableSql(opened.columns, shadow, options), runOptions);
      first = opened;
    }
    refuseOtherColumns(first, opened);
    rows += await loadFile(connection, { shadow, opened, before: rows }, options);
  }
  const indexes = addIndexesSql(shadow, stream.indexes);
  if (indexes !== undefined) await connection.execute(indexes, runOptions);
  return rows;
}

interface FileLoad {
  readonly shadow: Relation;
  readonly opened: OpenedFile;
  /** Rows of the files before this one. */
  readonly before: number;
}

/** By one connection: two that write to the end of one table spend more on waiting for its pages than they gain. */
async function loadFile(
  connection: Connection,
  { shadow, opened, before }: FileLoad,
  options: SyncFilesOptions,
): Promise<number> {
  const { stream, signal } = options;
  const { localInfile, maxAllowedPacket } = options.database.capabilities;
  const file = opened.name;
  const target = {
    relation: shadow,
    columns: [...opened.columns.map((column) => column.name), SOURCE_LINE_COLUMN],
    constants: { [SOURCE_FILE_COLUMN]: file, [SYNCED_AT_COLUMN]: options.syncedAt },
    localInfile,
    maxAllowedPacket,
    signal,
    onProgress: (rows: number) =>
      options.onProgress?.({ stream: stream.name, file, rows: before + rows }),
  };
  try {
    return (await loadBatches([connection], target, opened.batches)).rows;
  } catch (error) {
    if (!(error instanceof RowRefusedError)) throw error;
    const line = Number(error.values.at(-1));
    throw new CortexError([rowRefused({ file, line }, error.reason)], { cause: error });
  }
}

type FileColumns = Pick<OpenedFile, 'name' | 'columns'>;

function refuseOtherColumns(first: FileColumns, other: FileColumns): void {
  const names = (opened: FileColumns) =>
    new Set(opened.columns.map((column) => column.name.toLowerCase()));
  const expected = names(first);
  const found = names(other);
  const missing = first.columns.filter((column) => !found.has(column.name.toLowerCase()));
  const extra = other.columns.filter((column) => !expected.has(column.name.toLowerCase()));
  if (missing.length === 0 && extra.length === 0) return;
  const nameOf = (column: TableColumnOfFile) => column.name;
  throw new CortexError([
    differentHeader(other.name, first.name, {
      missing: missing.map(nameOf),
      extra: extra.map(nameOf),
    }),
  ]);
}

function streamTableSql(
  columns: readonly TableColumnOfFile[],
  relation: Relation,
  { stream, tableDefaults, database }: SyncFilesOptions,
): string {
  const line = { name: SOURCE_LINE_COLUMN, type: 'bigint unsigned' };
  const source = { name: SOURCE_FILE_COLUMN, type: 'varchar(500)' };
  const primaryKey = keyColumns(stream.primaryKey, [...columns, source, line]);
  const { binaryCollation } = database.capabilities;
  const descriptions = new Map(columns.map((column) => [column.name, column.description ?? '']));
  return createTableSql({
    relation,
    columns: [
      ...loadedColumns(columns, { primaryKey, binaryCollation }).map((column) => ({
        ...column,
        comment: descriptions.get(column.name) ?? '',
      })),
      { ...line, isNullable: false },
      { ...source, isNullable: false, collation: binaryCollation },
      { name: SYNCED_AT_COLUMN, type: 'datetime(6)', isNullable: false },
    ],
    primaryKey,
    engine: 'InnoDB',
    ...tableDefaults,
    comment: stream.description,
  });
}
