import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { TsvBatch } from '../bulk/tsv.ts';
import { tsvBatches } from '../bulk/tsv.ts';
import { headerProblems } from '../header.ts';
import { unknownFileColumn } from '../messages.ts';
import { CsvFile } from './csv-file.ts';
import type { InputFile } from './file-blocks.ts';
import { fileBlocks } from './file-blocks.ts';
import { fileColumn } from './file-column.ts';
import type { FileStream, TableColumnOfFile } from './file-stream.ts';
import { SOURCE_FILE_COLUMN, SOURCE_LINE_COLUMN, SYNCED_AT_COLUMN } from './file-stream.ts';
import { jsonKeys, jsonRows } from './json-lines.ts';
import { tableColumns } from './table-columns.ts';

/** One file of a stream, opened: its columns are known, its rows not yet read. */
export interface OpenedFile {
  readonly name: string;
  readonly columns: readonly TableColumnOfFile[];
  /** The rows, once: a value for each column and, last, the line of the file. */
  readonly batches: AsyncIterable<TsvBatch>;
}

/** Opens a file and settles its columns. Throws CortexError for a header that cannot be used. */
export async function readFile(stream: FileStream, file: InputFile): Promise<OpenedFile> {
  return stream.format === 'csv' ? readCsv(stream, file) : readJsonLines(stream, file);
}

async function readCsv(stream: FileStream, file: InputFile): Promise<OpenedFile> {
  const { delimiter, encoding, nullValues } = stream;
  const csv = new CsvFile(fileBlocks(file, encoding), { name: file.name, delimiter });
  const names = stream.hasHeader
    ? await csv.header()
    : stream.columns.map((column) => column.source);
  const columns = await checkedColumns(stream, file, names);
  const fileColumns = columns.map((column) => fileColumn(column, nullValues));
  return { name: file.name, columns, batches: csv.batches(fileColumns) };
}

async function readJsonLines(stream: FileStream, file: InputFile): Promise<OpenedFile> {
  const { encoding, nullValues } = stream;
  const blocks = () => fileBlocks(file, encoding);
  const names =
    stream.columns.length > 0
      ? stream.columns.map((column) => column.source)
      : await jsonKeys(blocks(), file.name);
  const columns = await checkedColumns(stream, file, names);
  const fileColumns = columns.map((column) => fileColumn(column, nullValues));
  return {
    name: file.name,
    columns,
    batches: tsvBatches(jsonRows(blocks(), file.name, fileColumns)),
  };
}

async function checkedColumns(
  stream: FileStream,
  file: InputFile,
  names: readonly string[],
): Promise<readonly TableColumnOfFile[]> {
  const columns = tableColumns(stream, names);
  const place = () => ({ file: file.name, line: 1 });
  const own = [SOURCE_FILE_COLUMN, SOURCE_LINE_COLUMN, SYNCED_AT_COLUMN];
  const tableNames = columns.map((column) => column.name);
  const problems = [
    ...(await headerProblems(tableNames, place, own)),
    ...unknownColumns(stream, file, columns),
  ];
  if (problems.length > 0) throw new CortexError(problems);
  return columns;
}

function unknownColumns(
  stream: FileStream,
  file: InputFile,
  columns: readonly TableColumnOfFile[],
): readonly Diagnostic[] {
  const unknown = (setting: string, mentioned: readonly string[], known: readonly string[]) => {
    const lower = new Set(known.map((name) => name.toLowerCase()));
    return mentioned
      .filter((name) => !lower.has(name.toLowerCase()))
      .map((name) => unknownFileColumn({ file: file.name }, name, setting, known));
  };
  return [
    ...unknown(
      'columns',
      stream.columns.map((column) => column.source),
      columns.map((column) => column.source),
    ),
    ...unknown('primary_key', stream.primaryKey, [
      ...columns.map((column) => column.name),
      SOURCE_FILE_COLUMN,
      SOURCE_LINE_COLUMN,
    ]),
  ];
}
