import type { Clock } from '../../kernel/clock.ts';
import { CortexError } from '../../kernel/errors.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { CatalogRelation, CatalogSnapshot, Relation } from '../../manifest/relation.ts';
import { relationKey } from '../../manifest/relation.ts';
import { addIndexesSql, columnDefinition, createTableSql } from '../../sql/create-table.ts';
import type { TableColumn } from '../../sql/create-table.ts';
import { derivedName, identifier, relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection, Database } from '../../warehouse/database.ts';
import { otherKey, tableBusy, typeClash, writeFailed } from './messages.ts';
import type { RawStreamShape } from './raw-stream.ts';
import type { RawTable } from './raw-table.ts';
import { ACCOUNT_COLUMN, rawTables } from './raw-table.ts';
import { widenedType } from './widen-type.ts';

export interface PrepareOptions {
  readonly tableDefaults: { readonly charset: string; readonly collation: string };
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Whose stream is to be written, for messages. */
  readonly accountId?: string | undefined;
}

/** What the tables of a stream did not have before. */
export interface PreparedTables {
  readonly created: readonly Relation[];
  /** Columns that are NULL in the rows that were there, until those are read again. */
  readonly added: readonly { readonly relation: Relation; readonly column: string }[];
  readonly widened: readonly {
    readonly relation: Relation;
    readonly column: string;
    readonly type: string;
  }[];
}

/**
 * Makes the raw tables of a stream, and their database, or brings them to the declared shape: declared columns
 * are added at the end, types are widened, nothing is dropped or narrowed. Once per stream and run, before
 * its first window: DDL commits. Two runs at once take turns. Throws CX7103 when a table has another key or a
 * column that cannot be widened, CX7104 when the server refuses.
 */
export async function prepareRawTables(
  database: Database,
  shape: RawStreamShape,
  options: PrepareOptions,
): Promise<PreparedTables> {
  const { parent, children } = rawTables(shape, database.capabilities);
  const changes: Changes = { created: [], added: [], widened: [] };
  try {
    await using connection = await database.connect();
    if (parent.relation.database !== database.database) {
      await connection.execute(
        `create database if not exists ${identifier(parent.relation.database)}`,
      );
    }
    await withLock(connection, parent.relation, options, async () => {
      const tables = [parent, ...children];
      const found = await readTables(connection, tables);
      for (const table of tables) {
        const secondary = table === parent ? indexesOf(shape, parent) : [];
        await prepareTable(connection, { table, secondary, found }, options, changes);
      }
    });
    return changes;
  } catch (error) {
    throw error instanceof DatabaseError ? writeFailed(shape, error, options.accountId) : error;
  }
}

interface Changes {
  readonly created: Relation[];
  readonly added: { relation: Relation; column: string }[];
  readonly widened: { relation: Relation; column: string; type: string }[];
}

const LOCK_POLLS = 240;
const LOCK_POLL_MS = 250;

async function withLock(
  connection: Connection,
  relation: Relation,
  { clock, signal }: PrepareOptions,
  work: () => Promise<void>,
): Promise<void> {
  const name = literal(
    `cortex:${sha256(`raw\0${relationKey(relation).toLowerCase()}`).slice(0, 40)}`,
  );
  for (let poll = 0; ; poll += 1) {
    const [row] = await connection.query(`select get_lock(${name}, 0) as taken`);
    if (Number(row?.['taken']) === 1) break;
    if (poll === LOCK_POLLS) throw new CortexError([tableBusy(relation)], { retryable: true });
    await clock.sleep(LOCK_POLL_MS, signal);
  }
  try {
    await work();
  } finally {
    await connection.execute(`do release_lock(${name})`).catch(() => undefined);
  }
}

/** Those that the stream declares; what is replaced by window is found by its column. */
function indexesOf(
  { write, indexes = [] }: RawStreamShape,
  { identity }: RawTable,
): readonly (readonly string[])[] {
  return write.mode === 'replace_window' && identity[0] !== write.windowColumn
    ? [[write.windowColumn], ...indexes]
    : indexes;
}

/** What stands in the server of some tables of one database. */
interface FoundTables {
  readonly catalog: CatalogSnapshot;
  /** Columns of the primary keys, by the tables' names in lower case. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

async function readTables(
  connection: Connection,
  tables: readonly RawTable[],
): Promise<FoundTables> {
  const database = tables[0]?.relation.database ?? '';
  const names = tables.map(({ relation }) => relation.name);
  const catalog = await readCatalog(connection, [database], names);
  const keys = new Map<string, string[]>();
  if (catalog.size === 0) return { catalog, keys };
  const rows = await connection.query(
    `select table_name as table_name, column_name as name from information_schema.key_column_usage
     where table_schema = ${literal(database)} and table_name in (${names.map(literal).join(', ')})
       and constraint_name = 'PRIMARY' order by table_name, ordinal_position`,
  );
  for (const row of rows) {
    const table = String(row['table_name']).toLowerCase();
    keys.set(table, [...(keys.get(table) ?? []), String(row['name'])]);
  }
  return { catalog, keys };
}

async function prepareTable(
  connection: Connection,
  wanted: {
    readonly table: RawTable;
    readonly secondary: readonly (readonly string[])[];
    readonly found: FoundTables;
  },
  { tableDefaults }: PrepareOptions,
  changes: Changes,
): Promise<void> {
  const { table } = wanted;
  const { relation } = table;
  const found = wanted.found.catalog.get(relationKey(relation));
  if (found === undefined) {
    await connection.execute(
      createTableSql({
        relation,
        columns: table.columns,
        primaryKey: [ACCOUNT_COLUMN, ...table.identity],
        engine: 'InnoDB',
        ...tableDefaults,
        comment: table.description,
      }),
    );
    changes.created.push(relation);
  } else {
    refuseOtherKey(table, found, wanted.found.keys.get(relation.name.toLowerCase()) ?? []);
    const alterations = columnChanges(table, found, changes);
    if (alterations.length > 0) {
      await connection.execute(
        `alter table ${relationSql(relation)}\n  ${alterations.join(',\n  ')}`,
      );
    }
  }
  for (const columns of wanted.secondary) await ensureIndex(connection, relation, columns);
}

async function ensureIndex(
  connection: Connection,
  relation: Relation,
  columns: readonly string[],
): Promise<void> {
  const name = derivedName(`ix_${columns.join('_')}`, '');
  const index = { name, columns: [ACCOUNT_COLUMN, ...columns] };
  const rows = await connection.query(
    `select 1 as found from information_schema.statistics
     where table_schema = ${literal(relation.database)} and table_name = ${literal(relation.name)}
       and index_name = ${literal(index.name)} limit 1`,
  );
  if (rows.length > 0) return;
  const sql = addIndexesSql(relation, [index]);
  if (sql !== undefined) await connection.execute(sql);
}

function refuseOtherKey(table: RawTable, found: CatalogRelation, key: readonly string[]): void {
  const wanted = [ACCOUNT_COLUMN, ...table.identity];
  if (found.kind === 'table' && key.join('\0') === wanted.join('\0')) return;
  throw new CortexError([otherKey(table.relation, found.kind === 'view' ? [] : key, wanted)]);
}

function columnChanges(table: RawTable, found: CatalogRelation, changes: Changes): string[] {
  const { relation } = table;
  const existing = new Map(found.columns.map((column) => [column.name.toLowerCase(), column]));
  return table.columns.flatMap((column) => {
    const there = existing.get(column.name.toLowerCase());
    if (there === undefined) {
      changes.added.push({ relation, column: column.name });
      return [`add column ${columnDefinition(column)}`];
    }
    if (isOwn(column)) return [];
    const widening = widenedType(there.type, column.type);
    if (widening.kind === 'fits') return [];
    if (widening.kind === 'clash') throw new CortexError([typeClash(relation, column, there.type)]);
    const { type } = widening;
    changes.widened.push({ relation, column: column.name, type });
    return [`modify column ${columnDefinition({ ...column, type })}`];
  });
}

/** Cortex's own columns have one type on each server. */
function isOwn({ name }: TableColumn): boolean {
  return name.startsWith('_');
}
