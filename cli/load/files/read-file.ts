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
import type { FileStream, TableColumnOfFile } from './file-stream.ts';
import { SOURCE_FILE_COLUMN, SOURCE_LINE_COLUMN, SYNCED_AT_COLUMN } from './file-stream.ts';
import { jsonKeys, jsonRows } from './json-lines.ts';
import { tableColumns } from './table-columns.ts';

/** One file of a stream, opened: its columns are known, its rows not yet read. Closed by whoever opened it. */
export interface OpenedFile extends AsyncDisposable {
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
  const { delimiter, encoding } = stream;
  const blocks = fileBlocks(file, encoding);
  const csv = new CsvFile(blocks, { name: file.name, delimiter });
  return closedOnError(blocks, async () => {
    const names = stream.hasHeader
      ? await csv.header()
      : stream.columns.map((column) => column.source);
    return openedFile(stream, { file, names, blocks, batches: (columns) => csv.batches(columns) });
  });
}

async function readJsonLines(stream: FileStream, file: InputFile): Promise<OpenedFile> {
  const { encoding } = stream;
  const names =
    stream.columns.length > 0
      ? stream.columns.map((column) => column.source)
      : await jsonKeys(fileBlocks(file, encoding), file.name);
  const blocks = fileBlocks(file, encoding);
  const batches = (columns: readonly FileColumn[]) =>
    tsvBatches(jsonRows(blocks, file.name, columns));
  return openedFile(stream, { file, names, blocks, batches });
}

type Blocks = ReturnType<typeof fileBlocks>;

interface FileParts {
  readonly file: InputFile;
  readonly names: readonly string[];
  readonly blocks: Blocks;
  readonly batches: (columns: readonly FileColumn[]) => AsyncIterable<TsvBatch>;
}

async function openedFile(
  stream: FileStream,
  { file, names, blocks, batches }: FileParts,
): Promise<OpenedFile> {
  const columns = await checkedColumns(stream, file, names);
  return {
    name: file.name,
    columns,
    batches: batches(columns.map((column) => fileColumn(column, stream.nullValues))),
    [Symbol.asyncDispose]: () => closeBlocks(blocks),
  };
}

async function closedOnError<T>(blocks: Blocks, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await closeBlocks(blocks);
    throw error;
  }
}

/** Ends the generator wherever it stands, and with it the file that it holds. */
async function closeBlocks(blocks: Blocks): Promise<void> {
  await blocks.return();
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
