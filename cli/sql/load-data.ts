import { columnList } from './create-table.ts';
import { identifier } from './identifier.ts';
import { stringLiteral } from './literal.ts';

/** `local_infile` is off: MySQL, MariaDB, TiDB, and servers behind proxies that refuse the command. */
export const LOCAL_REFUSED: ReadonlySet<number> = new Set([3948, 4166, 1148, 1295]);

/** Bytes that the driver is handed at once. */
const CHUNK_BYTES = 64 * 1024;

/** Where rows of a file go. */
export interface LoadData {
  /** The table, quoted. */
  readonly table: string;
  /** What becomes of a row whose key is there. */
  readonly verb: 'into' | 'ignore into' | 'replace into';
  readonly columns: readonly string[];
  /** Columns with one value in every row. */
  readonly constants: Readonly<Record<string, string>>;
}

/** `LOAD DATA LOCAL INFILE` for rows as `tsvRow` writes them. */
export function loadDataSql({ table, verb, columns, constants }: LoadData): string {
  const set = assignments(constants);
  return [
    `load data local infile 'cortex' ${verb} table ${table}`,
    "character set utf8mb4 fields terminated by '\\t' escaped by '\\\\' lines terminated by '\\n'",
    `(${columnList(columns)})${set === '' ? '' : ` set ${set}`}`,
  ].join('\n');
}

/** A file in pieces. */
export async function* fileChunks(bytes: Buffer): AsyncGenerator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield bytes.subarray(start, start + CHUNK_BYTES);
  }
}

/** `` `name` = 'value' `` for each constant. */
function assignments(constants: Readonly<Record<string, string>>): string {
  return Object.entries(constants)
    .map(([name, value]) => `${identifier(name)} = ${stringLiteral(value)}`)
    .join(', ');
}
