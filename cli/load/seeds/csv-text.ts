import type { Info, Options } from 'csv-parse';
import type { Span } from '../../kernel/span.ts';
import type { FilePlace } from '../place.ts';
import type { SeedSource } from '../seed-table.ts';

/** A CSV text cut into records, or where its quotes go wrong. */
export type CsvRecords =
  | { readonly kind: 'records'; readonly records: readonly (readonly string[])[] }
  | {
      readonly kind: 'broken';
      readonly record: number;
      readonly column: number;
      readonly isOpen: boolean;
    };

function csvOptions(delimiter: string): Options {
  return {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
  };
}

/** Reads RFC 4180. An empty line gives a record with one empty value. */
export async function csvRecords(source: SeedSource): Promise<CsvRecords> {
  const { parse } = await import('csv-parse/sync');
  const { CsvError } = await import('csv-parse');
  try {
    const records = parse(source.text, csvOptions(source.delimiter)) as unknown as string[][];
    return { kind: 'records', records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = error as { readonly records?: number; readonly column?: number };
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED';
    return { kind: 'broken', record: at.records ?? 0, column: at.column ?? 0, isOpen };
  }
}

/** The place of a value, counted in records and columns from 0: read again up to there, as errors are rare. */
export async function cellPlace(
  source: SeedSource,
  record: number,
  column: number,
): Promise<FilePlace> {
  const { parse } = await import('csv-parse/sync');
  const { file, text, delimiter } = source;
  const options = { ...csvOptions(delimiter), info: true, to: record } as const;
  const before = record === 0 ? [] : (parse(text, options) as unknown as { info: Info }[]);
  const bytes = before.at(-1)?.info.bytes ?? 0;
  const start = Buffer.from(text).subarray(0, bytes).toString().length;
  const cell = cellRange(text, start, column, delimiter);
  const span: Span = { file, start: cell.start, end: cell.end };
  return { file, line: lineAt(text, cell.start), span };
}

function lineAt(text: string, offset: number): number {
  return (text.slice(0, offset).match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
}

/** The range of the n-th value of the record that begins at an offset, quotes included. */
function cellRange(
  text: string,
  recordStart: number,
  column: number,
  delimiter: string,
): { readonly start: number; readonly end: number } {
  let start = recordStart;
  for (let index = 0; ; index += 1) {
    const end = cellEnd(text, start, delimiter);
    if (index === column || !text.startsWith(delimiter, end)) return { start, end };
    start = end + delimiter.length;
  }
}

function cellEnd(text: string, start: number, delimiter: string): number {
  let index = start;
  if (text[index] === '"') {
    const quoted = /"(?:[^"]|"")*"?/y;
    quoted.lastIndex = index;
    quoted.test(text);
    index = quoted.lastIndex;
  }
  while (
    index < text.length &&
    !text.startsWith(delimiter, index) &&
    !/[\r\n]/.test(text[index] ?? '')
  ) {
    index += 1;
  }
  return index;
}
