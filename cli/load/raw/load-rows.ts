import type { Relation } from '../../manifest/relation.ts';
import { columnList } from '../../sql/create-table.ts';
import { relationSql } from '../../sql/identifier.ts';
import { fileTuples, stringLiteral } from '../../sql/literal.ts';
import { fileChunks, LOCAL_REFUSED, loadDataSql } from '../../sql/load-data.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection, RunOptions } from '../../warehouse/database.ts';
import type { EncodedRows } from './record-batch.ts';

const MOST_ROWS = 1000;
const MOST_BYTES = 400_000;
const LINE_FEED = 0x0a;

export interface RowsTarget {
  readonly relation: Relation;
  readonly columns: readonly string[];
  /** Columns with one value in every row. */
  readonly constants: Readonly<Record<string, string>>;
  /** Rows with the key of one that is there take its place. */
  readonly replaces?: boolean;
}

/** Sends rows by the fastest way that the server allows. */
export class RowLoader {
  readonly #maxAllowedPacket: number;
  #mayLoad: boolean;

  constructor(server: { readonly localInfile: boolean; readonly maxAllowedPacket: number }) {
    this.#mayLoad = server.localInfile;
    this.#maxAllowedPacket = server.maxAllowedPacket;
  }

  /**
   * Whether all rows are in the table as they were sent. When not, some of them may be in it, bent: the caller
   * rolls back or empties the table.
   */
  async load(
    connection: Connection,
    target: RowsTarget,
    rows: EncodedRows,
    options: RunOptions,
  ): Promise<boolean> {
    if (rows.count === 0) return true;
    if (this.#mayLoad) {
      const end = await this.#loadData(connection, target, rows, options);
      if (end !== 'forbidden') return end === 'loaded';
      this.#mayLoad = false;
    }
    return this.#insert(connection, target, rows, options);
  }

  async #loadData(
    connection: Connection,
    target: RowsTarget,
    { bytes, count }: EncodedRows,
    options: RunOptions,
  ): Promise<'loaded' | 'refused' | 'forbidden'> {
    try {
      const sql = loadDataSql({
        ...target,
        table: relationSql(target.relation),
        verb: target.replaces === true ? 'replace into' : 'into',
      });
      const result = await connection.loadData(sql, fileChunks(bytes), options);
      const isWhole =
        target.replaces === true ? result.affectedRows >= count : result.affectedRows === count;
      return result.warnings === 0 && isWhole ? 'loaded' : 'refused';
    } catch (error) {
      if (!(error instanceof DatabaseError) || !isRefusal(error)) throw error;
      return LOCAL_REFUSED.has(error.errno) ? 'forbidden' : 'refused';
    }
  }

  async #insert(
    connection: Connection,
    target: RowsTarget,
    rows: EncodedRows,
    options: RunOptions,
  ): Promise<boolean> {
    const names = columnList([...target.columns, ...Object.keys(target.constants)]);
    const verb = target.replaces === true ? 'replace' : 'insert';
    const constants = Object.values(target.constants).map((text) => `, ${stringLiteral(text)}`);
    const most = Math.min(MOST_BYTES, this.#maxAllowedPacket / 4);
    try {
      for (const lines of statementLines(rows, most)) {
        const tuples = fileTuples(lines.toString('utf8'), constants.join(''));
        const sql = `${verb} into ${relationSql(target.relation)} (${names}) values\n${tuples}`;
        if ((await connection.execute(sql, options)).warnings > 0) return false;
      }
      return true;
    } catch (error) {
      if (!(error instanceof DatabaseError) || !isRefusal(error)) throw error;
      return false;
    }
  }
}

/** Errors about the rows; those about the server (read-only, full) are not, and are thrown. */
const ABOUT_ROWS: ReadonlySet<number> = new Set([
  1048, 1062, 1264, 1265, 1292, 1300, 1366, 1406, 3140, 3819, 4025,
]);

function isRefusal({ kind, errno }: DatabaseError): boolean {
  return kind === 'statement' && (ABOUT_ROWS.has(errno) || LOCAL_REFUSED.has(errno));
}

/** The rows of each statement, without the last line end. */
function* statementLines({ bytes }: EncodedRows, mostBytes: number): Generator<Buffer, void> {
  let start = 0;
  let rows = 0;
  let end = 0;
  while (end < bytes.length) {
    const next = bytes.indexOf(LINE_FEED, end) + 1;
    if (rows === MOST_ROWS || (rows > 0 && next - start > mostBytes)) {
      yield bytes.subarray(start, end - 1);
      start = end;
      rows = 0;
    }
    rows += 1;
    end = next;
  }
  if (rows > 0) yield bytes.subarray(start, end - 1);
}
