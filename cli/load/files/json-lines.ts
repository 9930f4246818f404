import { isUtf8 } from 'node:buffer';
import { CortexError } from '../../kernel/errors.ts';
import type { CellText } from '../seed-table.ts';
import { badBytes, badJsonLine, valueDoesNotFit } from '../messages.ts';
import { misfitHint } from '../misfit-hint.ts';
import type { FileColumn } from './file-column.ts';
import { jsonText, parseExactly } from './json-numbers.ts';

const LONGEST_LINE = 16 * 1024 * 1024;

interface JsonRecord {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The keys of all objects of a file, in the order in which they first appear. */
export async function jsonKeys(
  blocks: AsyncIterable<Buffer>,
  name: string,
): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const record of jsonRecords(blocks, name)) {
    for (const key of Object.keys(record.values)) keys.add(key);
  }
  return [...keys];
}

/**
 * The rows of a JSON-lines file: for each column the value of its key, NULL where the key is missing.
 * Objects and lists become JSON text. The last value of a row is its line.
 */
export async function* jsonRows(
  blocks: AsyncIterable<Buffer>,
  name: string,
  columns: readonly FileColumn[],
): AsyncGenerator<readonly CellText[], void> {
  for await (const record of jsonRecords(blocks, name)) {
    yield [...columns.map((column) => cell(column, record, name)), String(record.line)];
  }
}

function cell(column: FileColumn, record: JsonRecord, file: string): CellText {
  const value = jsonText(record.values[column.source]);
  if (value === null || column.nulls.has(value)) return null;
  const stored = column.convert(value);
  if (stored !== undefined) return stored;
  const misfit = {
    value,
    column: column.name,
    type: column.type,
    hint: misfitHint(value, column.type),
  };
  throw new CortexError([valueDoesNotFit({ file, line: record.line }, misfit)]);
}

async function* jsonRecords(
  blocks: AsyncIterable<Buffer>,
  name: string,
): AsyncGenerator<JsonRecord, void> {
  let line = 0;
  for await (const bytes of lines(blocks, name)) {
    line += 1;
    if (!isUtf8(bytes)) throw new CortexError([badBytes({ file: name, line }, 'utf-8')]);
    const text = bytes.toString('utf8').trim();
    if (text === '') continue;
    const values = parsed(text);
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw new CortexError([badJsonLine({ file: name, line })]);
    }
    // Checked above; whoever reads a key judges its value.
    yield { line, values: values as Readonly<Record<string, unknown>> };
  }
}

function parsed(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}

async function* lines(blocks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer, void> {
  let pending: Buffer = Buffer.alloc(0);
  let count = 0;
  for await (const block of blocks) {
    const bytes = pending.length === 0 ? block : Buffer.concat([pending, block]);
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      count += 1;
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    pending = bytes.subarray(start);
    if (pending.length > LONGEST_LINE) {
      throw new CortexError([badJsonLine({ file: name, line: count + 1 })]);
    }
  }
  if (pending.length > 0) yield pending;
}
