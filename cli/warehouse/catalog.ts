import type {
  CatalogColumn,
  CatalogRelation,
  CatalogSnapshot,
  Relation,
} from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { literal } from '../sql/literal.ts';
import type { Connection, Row } from './database.ts';

/**
 * Tables, views and their columns of some databases, in two queries; `names` keeps those relations only. Numbers of
 * rows are not asked for: the server would open every table to tell them.
 * Databases that do not exist are simply empty.
 */
export async function readCatalog(
  connection: Connection,
  databases: readonly string[],
  names?: readonly string[],
): Promise<CatalogSnapshot> {
  if (databases.length === 0 || names?.length === 0) return new Map();
  const where = [
    `table_schema IN (${listOfLiterals(databases)})`,
    ...(names === undefined ? [] : [`table_name IN (${listOfLiterals(names)})`]),
  ].join(' AND ');
  const tables = await connection.query(
    `SELECT table_schema AS db, table_name AS name, table_type AS kind, table_comment AS comment FROM information_schema.tables WHERE ${where}`,
  );
  const columns = await connection.query(
    `SELECT table_schema AS db, table_name AS name, column_name AS column_name, column_type AS column_type, is_nullable AS is_nullable, collation_name AS collation_name, column_comment AS comment FROM information_schema.columns WHERE ${where} ORDER BY table_schema, table_name, ordinal_position`,
  );
  const columnsOf = groupByRelation(columns);
  return new Map(
    tables.map((row) => {
      const key = relationKey(relationOf(row));
      return [key, catalogRelation(row, columnsOf.get(key) ?? [])];
    }),
  );
}

function listOfLiterals(texts: readonly string[]): string {
  return texts.map((text) => literal(text)).join(', ');
}

function relationOf(row: Row): Relation {
  return { database: String(row['db']), name: String(row['name']) };
}

function groupByRelation(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = relationKey(relationOf(row));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function catalogRelation(row: Row, columns: readonly Row[]): CatalogRelation {
  const isView = String(row['kind']).endsWith('VIEW');
  return {
    relation: relationOf(row),
    kind: isView ? 'view' : 'table',
    columns: columns.map(catalogColumn),
    comment: isView ? '' : textOf(row['comment']),
  };
}

function catalogColumn(row: Row): CatalogColumn {
  const collation = row['collation_name'];
  return {
    name: String(row['column_name']),
    type: String(row['column_type'])
      .toLowerCase()
      .replace(/ *\/\*.*?\*\//g, ''),
    isNullable: String(row['is_nullable']) === 'YES',
    ...(typeof collation === 'string' ? { collation } : {}),
    comment: textOf(row['comment']),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
