import type { Manifest } from '../../manifest/manifest.ts';
import type { Relation } from '../../manifest/relation.ts';
import { relationKey } from '../../manifest/relation.ts';
import { identifier, relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import type { Connection, Row } from '../../warehouse/database.ts';
import type { FoundRelation } from './search-relations.ts';

/**
 * What models say of a person: rows in which the person was found, and the rows of the same person in tables that
 * have one row for each person (segments, lifetime value), by the key that they share. By `database.relation`.
 */
export async function modelRows(
  connection: Connection,
  { nodes }: Manifest,
  found: readonly FoundRelation[],
): Promise<Readonly<Record<string, readonly Row[]>>> {
  const keys = new Map<string, KeyedModel>();
  for (const node of nodes.values()) {
    const key = node.config.primary_key;
    if (node.resourceType !== 'model' || typeof key !== 'string') continue;
    keys.set(relationKey(node.relation), { relation: node.relation, key });
  }
  const rows = new Map(found.map(({ relation, rows: own }) => [nameOf(relation), own]));
  const standing = await readCatalog(connection, [
    ...new Set([...keys.values()].map(({ relation }) => relation.database)),
  ]);
  for (const { relation, rows: own } of found) {
    const key = keys.get(relationKey(relation))?.key;
    if (key === undefined) continue;
    const values = [...new Set(own.map((row) => String(row[key])))];
    for (const other of keys.values()) {
      const isTable = standing.get(relationKey(other.relation))?.kind === 'table';
      if (other.key !== key || rows.has(nameOf(other.relation)) || !isTable) continue;
      const more = await connection.query(
        `select * from ${relationSql(other.relation)} where ${identifier(key)} in (${values.map((value) => literal(value)).join(', ')})`,
      );
      if (more.length > 0) rows.set(nameOf(other.relation), more);
    }
  }
  return Object.fromEntries(rows);
}

interface KeyedModel {
  readonly relation: Relation;
  readonly key: string;
}

function nameOf({ database, name }: Relation): string {
  return `${database}.${name}`;
}
