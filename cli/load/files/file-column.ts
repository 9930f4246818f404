import { columnType } from '../values/column-type.ts';
import type { Converter } from '../values/convert.ts';
import { converter } from '../values/convert.ts';
import type { TableColumnOfFile } from './file-stream.ts';
import type { PlainCheck } from './plain-bytes.ts';
import { plainCheck } from './plain-bytes.ts';

/** A column of a file, with what its values must pass on their way to the server. */
export interface FileColumn {
  /** Name in the file. */
  readonly source: string;
  readonly name: string;
  readonly type: string;
  /** Values that mean NULL. */
  readonly nulls: ReadonlySet<string>;
  /** Bytes of the longest of them; -1 when there is none. */
  readonly longestNull: number;
  readonly isPlain: PlainCheck;
  readonly convert: Converter;
}

export function fileColumn(column: TableColumnOfFile, nullValues: readonly string[]): FileColumn {
  const type = columnType(column.type);
  return {
    source: column.source,
    name: column.name,
    type: column.type,
    nulls: new Set(nullValues),
    longestNull: nullValues.reduce((most, value) => Math.max(most, Buffer.byteLength(value)), -1),
    isPlain: plainCheck(type, column.format),
    convert: converter(type, column.format),
  };
}
