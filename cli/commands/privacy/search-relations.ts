import type { CatalogRelation, Relation } from '../../manifest/relation.ts';
import { identifier, relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import type { Connection, Row } from '../../warehouse/database.ts';
import type { Needles } from './needles.ts';
import { holdsNeedle } from './needles.ts';

/** A table with rows that hold the person. */
export interface FoundRelation {
  readonly relation: Relation;
  readonly rows: readonly Row[];
}

/**
 * Looks through every column of every table of some databases. Tables are read one after the other, and what the
 * server finds is looked at again here, by the rules of spellings. Views show what the tables hold.
 */
export async function searchRelations(
  connection: Connection,
  databases: readonly string[],
  needles: Needles,
  signal: AbortSignal,
): Promise<readonly FoundRelation[]> {
  const catalog = await readCatalog(connection, databases);
  const found: FoundRelation[] = [];
  for (const table of catalog.values()) {
    signal.throwIfAborted();
    if (table.kind !== 'table') continue;
    const condition = conditionOf(table, needles);
    if (condition === undefined) continue;
    const sql = `select * from ${relationSql(table.relation)} where ${condition}`;
    const rows: Row[] = [];
    for await (const row of connection.stream(sql, { signal })) {
      if (Object.values(row).some((value) => holdsNeedle(textOf(value), needles))) rows.push(row);
    }
    if (rows.length > 0) found.push({ relation: table.relation, rows });
  }
  return found;
}

/** Keeps all rows that may hold the person, and few others. */
function conditionOf(
  { columns }: CatalogRelation,
  { spellings, hashes }: Needles,
): string | undefined {
  const texts = columns.map(
    ({ name }) => `convert(cast(${identifier(name)} as char) using utf8mb4)`,
  );
  if (texts.length === 0) return undefined;
  const all = `lower(concat_ws('|', ${texts.join(', ')}))`;
  const digits = `regexp_replace(${all}, '[^0-9|]', '')`;
  const written = spellings.flatMap((spelling) =>
    spelling.kind === 'text'
      ? [spelling.text, encodeURIComponent(spelling.text).toLowerCase()]
      : [],
  );
  const conditions = [
    ...[...new Set([...written, ...hashes])].map((text) => holds(all, text)),
    ...spellings.flatMap((spelling) =>
      spelling.kind === 'digits' ? [holds(digits, spelling.digits)] : [],
    ),
  ];
  return conditions.length === 0 ? undefined : conditions.join('\n  or ');
}

function holds(text: string, needle: string): string {
  return `locate(${literal(needle)}, ${text}) > 0`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
