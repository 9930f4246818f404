import type { ChangedRows } from '../manifest/changed-rows.ts';
import { relationSql } from '../sql/identifier.ts';

/** The rows that an incremental run writes, after FROM and without an alias. */
export function writtenRows({ batch, written }: ChangedRows): string {
  if (written === undefined) return relationSql(batch);
  return `(select * from ${relationSql(batch)} as batch where ${written})`;
}

/**
 * The rows of a table whose values in some columns are those of a row that an incremental run writes or takes away;
 * after FROM, without an alias. Columns are quoted.
 */
export function rowsLikeChanged(
  table: string,
  columns: readonly string[],
  { batch }: ChangedRows,
): string {
  const names = columns.join(', ');
  const equal = columns.map((column) => `changed.${column} <=> whole.${column}`).join(' and ');
  return `(
  select whole.*
  from (select distinct ${names} from ${relationSql(batch)}) as changed
  inner join ${table} as whole
    on ${equal}
)`;
}

/** True for a plain name of a column in its quotes, and not for an expression. */
export function isQuotedName(sql: string): boolean {
  return /^`(?:[^`]|``)+`$/.test(sql);
}
