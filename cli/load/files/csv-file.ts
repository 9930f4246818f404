import { isUtf8 } from 'node:buffer';
import type { Diagnostic } from '../../kernel/diagnostic.ts';
import { CortexError } from '../../kernel/errors.ts';
import type { TsvBatch } from '../bulk/tsv.ts';
import { BATCH_BYTES } from '../bulk/tsv.ts';
import { badLine } from '../decode.ts';
import { badBytes, badQuote, noHeader, raggedRow, valueDoesNotFit } from '../messages.ts';
import { misfitHint } from '../misfit-hint.ts';
import type { FilePlace } from '../place.ts';
import { CsvCursor } from './csv-cursor.ts';
import type { FileColumn } from './file-column.ts';
import { TsvWriter } from './tsv-writer.ts';

/** No record of a useful file is longer, and an open quote must not fill the memory. */
const LONGEST_RECORD = 16 * 1024 * 1024;

export interface CsvOptions {
  /** For messages. */
  readonly name: string;
  readonly delimiter: string;
}

/**
 * A CSV file, read block by block: first its header, then its rows as LOAD DATA takes them. Throws
 * CortexError with the line of whatever it cannot read.
 */
export class CsvFile {
  readonly #blocks: AsyncIterator<Buffer>;
  readonly #name: string;
  readonly #cursor: CsvCursor;
  /** Bytes that were read from the file and not yet used. */
  #pending: Buffer = Buffer.alloc(0);
  /** The line on which the next record begins. */
  #line = 1;

  constructor(blocks: AsyncIterable<Buffer>, options: CsvOptions) {
    this.#blocks = blocks[Symbol.asyncIterator]();
    this.#name = options.name;
    this.#cursor = new CsvCursor(options.delimiter);
  }

  /** The values of the next record as texts: of the header, as a rule. */
  async header(): Promise<readonly string[]> {
    const cursor = this.#cursor;
    for (;;) {
      await this.#fill();
      cursor.bytes = this.#pending;
      cursor.position = 0;
      const names: string[] = [];
      let lines = 1;
      for (;;) {
        if (cursor.isLast && this.#pending.length === 0) throw this.#error(noHeader);
        const end = cursor.next();
        if (end === 'misplaced-quote') throw this.#quoteError();
        if (end === 'more') break;
        names.push(valueText(cursor).trim());
        lines += cursor.lines;
        if (end === 'value') continue;
        this.#checkEncoding(cursor.position);
        this.#line += lines;
        this.#pending = this.#pending.subarray(cursor.position);
        return names;
      }
      this.#refuseEndless();
    }
  }

  /** All further records: their values and, last, the line on which each begins. */
  async *batches(columns: readonly FileColumn[]): AsyncGenerator<TsvBatch, void> {
    for (;;) {
      const writer = new TsvWriter(Math.max(BATCH_BYTES, this.#pending.length * 1.5));
      const used = this.#convert(columns, writer);
      this.#pending = this.#pending.subarray(used);
      if (writer.rows > 0) yield writer.batch();
      if (this.#cursor.isLast && this.#pending.length === 0) return;
      if (used === 0) this.#refuseEndless();
      await this.#fill();
    }
  }

  /** Writes all whole records that are there; the bytes that they took. */
  #convert(columns: readonly FileColumn[], writer: TsvWriter): number {
    const cursor = this.#cursor;
    const length = this.#pending.length;
    const firstLine = this.#line;
    cursor.bytes = this.#pending;
    cursor.position = 0;
    let used = 0;
    while (used < length) {
      const written = writer.position;
      const lines = this.#record(columns, writer);
      if (lines === undefined) {
        writer.rewind(written);
        break;
      }
      this.#line += lines;
      used = cursor.position;
    }
    this.#checkEncoding(used, firstLine);
    return used;
  }

  /** Writes one record and gives the lines that it took, or `undefined` when its end is not there yet. */
  #record(columns: readonly FileColumn[], writer: TsvWriter): number | undefined {
    const cursor = this.#cursor;
    let lines = 1;
    for (let index = 0; ; index += 1) {
      const end = cursor.next();
      if (end === 'more') return undefined;
      if (end === 'misplaced-quote') throw this.#quoteError();
      lines += cursor.lines;
      const column = columns[index];
      const isEmptyLine = index === 0 && end === 'record' && cursor.end === cursor.start;
      if (isEmptyLine && columns.length > 1) return lines;
      if (column === undefined || (end === 'record' && index < columns.length - 1)) {
        throw this.#raggedError(end, index + 1, columns.length);
      }
      this.#value(column, writer);
      writer.end(false);
      if (end !== 'record') continue;
      writer.number(this.#line);
      writer.end(true);
      return lines;
    }
  }

  #value(column: FileColumn, writer: TsvWriter): void {
    const cursor = this.#cursor;
    const { bytes, start, end } = cursor;
    if (end - start <= column.longestNull && column.nulls.has(valueText(cursor))) writer.null();
    else if (column.isPlain(bytes, start, end)) writer.value(cursor);
    else {
      const value = valueText(cursor);
      const stored = column.convert(value);
      if (stored === undefined) throw this.#misfitError(column, value);
      writer.text(stored);
    }
  }

  async #fill(): Promise<void> {
    const { value, done } = await this.#blocks.next();
    if (done === true) this.#cursor.isLast = true;
    else this.#pending = this.#pending.length === 0 ? value : Buffer.concat([this.#pending, value]);
  }

  #checkEncoding(used: number, firstLine = this.#line): void {
    const bytes = this.#pending.subarray(0, used);
    if (isUtf8(bytes)) return;
    const line = firstLine + badLine(bytes, 'utf-8') - 1;
    throw new CortexError([badBytes({ file: this.#name, line }, 'utf-8')]);
  }

  #refuseEndless(): void {
    if (this.#pending.length > LONGEST_RECORD) throw this.#error((place) => badQuote(place, true));
  }

  #quoteError(): CortexError {
    const isOpen =
      this.#cursor.isQuoted && this.#pending.indexOf('"', this.#cursor.position + 1) === -1;
    return this.#error((place) => badQuote(place, isOpen));
  }

  /** Counts the values of a record with too few or too many. */
  #raggedError(end: string, values: number, expected: number): CortexError {
    let found = values;
    for (let last = end; last === 'value'; found += 1) last = this.#cursor.next();
    return this.#error((place) => raggedRow(place, found, expected));
  }

  #misfitError(column: FileColumn, value: string): CortexError {
    const misfit = {
      value,
      column: column.name,
      type: column.type,
      hint: misfitHint(value, column.type),
    };
    return this.#error((place) => valueDoesNotFit(place, misfit));
  }

  #error(message: (place: FilePlace) => Diagnostic): CortexError {
    return new CortexError([message({ file: this.#name, line: this.#line })]);
  }
}

function valueText(cursor: CsvCursor): string {
  const text = Buffer.from(
    cursor.bytes.buffer,
    cursor.bytes.byteOffset,
    cursor.bytes.length,
  ).toString('utf8', cursor.start, cursor.end);
  return cursor.hasDoubledQuotes ? text.replaceAll('""', '"') : text;
}
