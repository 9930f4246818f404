import type { Relation } from '../../manifest/relation.ts';
import { columnList } from '../../sql/create-table.ts';
import { relationSql } from '../../sql/identifier.ts';
import { literal, stringLiteral } from '../../sql/literal.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';
import type { CellText } from '../seed-table.ts';
import { RowRefusedError } from './row-refused.ts';

const MOST_ROWS = 1000;
const MOST_CHARACTERS = 2_000_000;

export interface InsertTarget {
  readonly relation: Relation;
  readonly columns: readonly string[];
  /** Columns with one value in every row. */
  readonly constants: Readonly<Record<string, string>>;
  /** Bytes of the longest statement the server takes. */
  readonly maxAllowedPacket: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Inserts rows in strict mode, 1000 to a statement. A row that the server refuses or would change is
 * named by its number, counted on from `firstRow`, in a RowRefusedError.
 */
export async function insertRows(
  connection: Connection,
  target: InsertTarget,
  rows: readonly (readonly CellText[])[],
  firstRow: number,
): Promise<void> {
  let start = 0;
  for (const tuples of statements(target, rows)) {
    const refusal = await refusalOf(connection, target, tuples);
    if (refusal !== undefined) {
      const row = start + refusal.row;
      const values = rows[row] ?? [];
      throw new RowRefusedError(target.relation, { ...refusal, row: firstRow + row, values });
    }
    start += tuples.length;
  }
}

/** The tuples of each statement. */
function* statements(
  target: InsertTarget,
  rows: readonly (readonly CellText[])[],
): Generator<readonly string[], void> {
  const most = Math.min(MOST_CHARACTERS, target.maxAllowedPacket / 4);
  let tuples: string[] = [];
  let length = 0;
  for (const row of rows) {
    const tuple = tupleSql(target, row);
    if (tuples.length === MOST_ROWS || (length + tuple.length > most && tuples.length > 0)) {
      yield tuples;
      tuples = [];
      length = 0;
    }
    tuples.push(tuple);
    length += tuple.length;
  }
  if (tuples.length > 0) yield tuples;
}

function tupleSql(target: InsertTarget, row: readonly CellText[]): string {
  const values = row.map(literal);
  return `(${[...values, ...Object.values(target.constants).map(stringLiteral)].join(', ')})`;
}

/** Inserts tuples; what the server does not take is looked for one by one where it does not say which. */
async function refusalOf(
  connection: Connection,
  target: InsertTarget,
  tuples: readonly string[],
): Promise<(Refusal & { readonly row: number }) | undefined> {
  const refusal = await tryInsert(connection, target, tuples);
  if (refusal === undefined) return undefined;
  if (refusal.row !== undefined) return { ...refusal, row: refusal.row };
  for (const [row, tuple] of tuples.entries()) {
    const single = await tryInsert(connection, target, [tuple]);
    if (single !== undefined) return { ...single, row };
  }
  return undefined;
}

interface Refusal {
  /** Counted from 0 in the statement; `undefined` when the server did not say. */
  readonly row: number | undefined;
  readonly reason: string;
  readonly cause: unknown;
}

async function tryInsert(
  connection: Connection,
  target: InsertTarget,
  tuples: readonly string[],
): Promise<Refusal | undefined> {
  const names = columnList([...target.columns, ...Object.keys(target.constants)]);
  const sql = `insert into ${relationSql(target.relation)} (${names}) values\n${tuples.join(',\n')}`;
  const options = target.signal === undefined ? {} : { signal: target.signal };
  try {
    const result = await connection.execute(sql, options);
    return result.warnings === 0 ? undefined : await firstWarning(connection);
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.kind !== 'statement') throw cause;
    return { row: rowOf(cause.message), reason: cause.message, cause };
  }
}

/** What the server would have changed; it says so only on the session that did it. */
async function firstWarning(connection: Connection): Promise<Refusal> {
  const [warning] = await connection.query('show warnings limit 1');
  const message = warning?.['Message'];
  const reason = typeof message === 'string' ? message : 'the server would change the row';
  return { row: rowOf(reason), reason, cause: undefined };
}

function rowOf(message: string): number | undefined {
  const row = /\bat row (\d+)/.exec(message)?.[1];
  return row === undefined ? undefined : Number(row) - 1;
}
