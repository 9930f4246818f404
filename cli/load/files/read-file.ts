import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { TsvBatch } from '../bulk/tsv.ts';
import { tsvBatches } from '../bulk/tsv.ts';
import { headerProblems } from '../header.ts';
import { unknownFileColumn } from '../messages.ts';
import { CsvFile } from './csv-file.ts';
import type { InputFile } from './file-blocks.ts';
import { fileBlocks } from './file-blocks.ts';
import type { FileColumn } from './file-column.ts';
import { fileColumn } from './file-column.ts';
import type { FileStream, StreamColumn } from './file-stream.ts';
import { SOURCE_FILE_COLUMN, SYNCED_AT_COLUMN } from './file-stream.ts';
import { jsonKeys, jsonRows } from './json-lines.ts';

const UNDECLARED_TYPE = 'text';

/** One file of a stream, opened: its columns are known, its rows not yet read. */
export interface OpenedFile {
  readonly file: InputFile;
  readonly columns: readonly StreamColumn[];
  /** The rows, once. `onRow` is told the line of every row. */
  batches(onRow?: (line: number) => void): AsyncIterable<TsvBatch>;
}

/** Opens a file and settles its columns. Throws CortexError for a header that cannot be used. */
export async function readFile(stream: FileStream, file: InputFile): Promise<OpenedFile> {
  return stream.format === 'csv' ? readCsv(stream, file) : readJsonLines(stream, file);
}

async function readCsv(stream: FileStream, file: InputFile): Promise<OpenedFile> {
  const csv = new CsvFile(fileBlocks(file, stream.encoding), {
    name: file.name,
    delimiter: stream.delimiter,
  });
  if (!stream.hasHeader)
    return opened(stream, file, stream.columns, (columns, onRow) => csv.batches(columns, onRow));
  const names = await csv.header();
  const place = () => ({ file: file.name, line: 1 });
  const problems = await headerProblems(names, place, [SOURCE_FILE_COLUMN, SYNCED_AT_COLUMN]);
  refuse([...problems, ...unknownColumns(stream, file, names)]);
  return opened(stream, file, namedColumns(stream, names), (columns, onRow) =>
    csv.batches(columns, onRow),
  );
}

async function readJsonLines(stream: FileStream, file: InputFile): Promise<OpenedFile> {
  const columns =
    stream.columns.length > 0
      ? stream.columns
      : namedColumns(stream, await jsonKeys(fileBlocks(file, stream.encoding), file.name));
  return opened(stream, file, columns, (fileColumns, onRow) =>
    tsvBatches(
      jsonRows(fileBlocks(file, stream.encoding), file.name, { columns: fileColumns, onRow }),
    ),
  );
}

function opened(
  stream: FileStream,
  file: InputFile,
  columns: readonly StreamColumn[],
  read: (columns: readonly FileColumn[], onRow?: (line: number) => void) => AsyncIterable<TsvBatch>,
): OpenedFile {
  const fileColumns = columns.map((column) => fileColumn(column, stream.nullValues));
  return { file, columns, batches: (onRow) => read(fileColumns, onRow) };
}

/** The columns of a header, each with what the stream says about it. */
function namedColumns(stream: FileStream, names: readonly string[]): readonly StreamColumn[] {
  const declared = new Map(stream.columns.map((column) => [column.name.toLowerCase(), column]));
  return names.map((name) => ({
    type: UNDECLARED_TYPE,
    format: stream.valueFormat,
    ...declared.get(name.toLowerCase()),
    name,
  }));
}

function unknownColumns(
  stream: FileStream,
  file: InputFile,
  names: readonly string[],
): readonly Diagnostic[] {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const mentioned = [
    ...stream.columns.map((column) => ['columns', column.name] as const),
    ...stream.primaryKey.map((name) => ['primary_key', name] as const),
  ];
  return mentioned
    .filter(([, name]) => !known.has(name.toLowerCase()))
    .map(([setting, name]) => unknownFileColumn({ file: file.name }, name, setting, names));
}

function refuse(problems: readonly Diagnostic[]): void {
  if (problems.length > 0) throw new CortexError(problems);
}
