import { PLAIN_FORMAT } from '../values/value-format.ts';
import type { FileStream, StreamColumn, TableColumnOfFile } from './file-stream.ts';

/** Text of any writing, up to 64 kB: what cannot fail and cannot change from one file to the next. */
const UNDECLARED_TYPE = 'text';

/** The columns that names in a file make in the table, each with what the stream says about it. */
export function tableColumns(
  stream: Pick<FileStream, 'columns' | 'columnNames'>,
  names: readonly string[],
): readonly TableColumnOfFile[] {
  const declared = new Map(stream.columns.map((column) => [column.source.toLowerCase(), column]));
  return names.map((source) => {
    const column: StreamColumn = declared.get(source.toLowerCase()) ?? {
      source,
      type: UNDECLARED_TYPE,
      format: PLAIN_FORMAT,
    };
    return { ...column, source, name: column.name ?? tableName(stream, source) };
  });
}

function tableName(stream: Pick<FileStream, 'columnNames'>, source: string): string {
  return stream.columnNames === 'snake_case' ? snakeCase(source) : source;
}

/** `CustomerID` and `customer id` as `customer_id`; accents go, since names are typed by hand. */
export function snakeCase(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\d]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}
