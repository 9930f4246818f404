import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { concatSql } from '../kernel/rendered-sql.ts';
import type { Capabilities } from '../manifest/capabilities.ts';
import type { Relation } from '../manifest/relation.ts';
import { identifier, relationSql } from '../sql/identifier.ts';
import type { StatementRunner } from './materialization.ts';

/** A column of a query as the server types it. */
export interface InferredColumn {
  readonly name: string;
  /** In the server's words, normalised: lower case, no display widths, no comments. */
  readonly type: string;
  readonly collation?: string;
}

/** The key that servers with `sql_require_primary_key` demand even of a temporary table. */
export const HIDDEN_KEY = '__cortex_row';

/**
 * Asks the server for the columns and types of a query without running it: a temporary table of no
 * rows is made from it, described and dropped (about a millisecond). Errors of the query surface
 * here, before anything of the user's is touched.
 */
export async function inferColumns(
  query: RenderedSql,
  scratch: Relation,
  runner: StatementRunner,
  capabilities: Capabilities,
): Promise<readonly InferredColumn[]> {
  const name = relationSql(scratch);
  const kind = capabilities.createTableAsSelect ? 'temporary table' : 'view';
  const key = capabilities.requiresPrimaryKey
    ? ` (${identifier(HIDDEN_KEY)} bigint unsigned not null auto_increment primary key)`
    : '';
  const create =
    kind === 'view'
      ? concatSql(`create view ${name} as\n`, query)
      : concatSql(
          `create temporary table ${name}${key} as select * from (\n`,
          query,
          '\n) as q limit 0',
        );
  const [, columns] = await runner.sendEach([
    create,
    `show full columns from ${name}`,
    `drop ${kind} ${name}`,
  ]);
  return (columns?.rows ?? []).map(describedColumn).filter((column) => column.name !== HIDDEN_KEY);
}

function describedColumn(row: Readonly<Record<string, unknown>>): InferredColumn {
  const collation = row['Collation'];
  return {
    name: String(row['Field']),
    type: normalizeType(String(row['Type'])),
    ...(typeof collation === 'string' && collation !== '' ? { collation } : {}),
  };
}

/**
 * One spelling per type: lower case outside quotes, without comments and without the display widths
 * of integers, which servers print or leave out as they like (`tinyint(1)` is kept: it means boolean).
 */
export function normalizeType(type: string): string {
  const plain = type.replace(/\/\*.*?\*\//g, '').trim();
  if (/^(enum|set)\(/i.test(plain)) return plain;
  return plain
    .toLowerCase()
    .replace(/^(smallint|mediumint|int|bigint)\(\d+\)/, '$1')
    .replace(/^tinyint\((?!1\))\d+\)/, 'tinyint')
    .replace(/\s+/g, ' ');
}
