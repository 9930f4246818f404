import { tsvCell } from '../../sql/tsv-row.ts';
import type { CellText } from '../seed-table.ts';
import { writePlainText } from './plain-text.ts';

const FIRST_BYTES = 1024 * 1024;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;

/** Where lines stand in an arena. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Lines as `LOAD DATA` reads them (`sql/tsv-row.ts`), as bytes, one behind the other. What waits in a batch would cost
 * the garbage collector more than everything else if it waited as strings.
 */
export class LineArena {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  /** Kept as the other memory is: made anew for every batch, it would wait for the garbage collector by the dozen. */
  #collected = Buffer.alloc(0);

  get length(): number {
    return this.#length;
  }

  /** Empties it; the memory is kept for the lines that come next. */
  clear(): void {
    this.#length = 0;
  }

  cell(value: CellText): void {
    if (value === null) {
      this.#text('\\N');
      return;
    }
    this.#reserve(value.length * 2 + 1);
    const end = writePlainText(this.#bytes, this.#length, value, BACKSLASH);
    if (end === -1) {
      this.#text(tsvCell(value));
      return;
    }
    this.#bytes[end] = TAB;
    this.#length = end + 1;
  }

  cells(values: readonly CellText[]): void {
    for (let index = 0; index < values.length; index += 1) this.cell(values[index] ?? null);
  }

  /** A cell of JSON, whose one character with a meaning in a line is the backslash. */
  json(json: Uint8Array): void {
    this.#reserve(json.length * 2 + 1);
    let at = this.#length;
    let from = 0;
    for (let to = json.indexOf(BACKSLASH); to !== -1; to = json.indexOf(BACKSLASH, from)) {
      this.#bytes.set(json.subarray(from, to + 1), at);
      at += to + 1 - from;
      this.#bytes[at] = BACKSLASH;
      at += 1;
      from = to + 1;
    }
    this.#bytes.set(from === 0 ? json : json.subarray(from), at);
    at += json.length - from;
    this.#bytes[at] = TAB;
    this.#length = at + 1;
  }

  /** Ends the line behind its last cell. */
  endLine(): void {
    this.#bytes[this.#length - 1] = LINE_FEED;
  }

  /** The lines of spans, in their order. Good until others are collected, or the arena is emptied. */
  collect(spans: readonly LineSpan[]): Buffer {
    const size = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    if (areOneBehindTheOther(spans)) {
      const start = spans[0]?.start ?? 0;
      return this.#bytes.subarray(start, start + size);
    }
    if (this.#collected.length < size)
      this.#collected = Buffer.allocUnsafe(Math.max(size, this.#bytes.length));
    let offset = 0;
    for (const { start, end } of spans) {
      offset += this.#bytes.copy(this.#collected, offset, start, end);
    }
    return this.#collected.subarray(0, size);
  }

  /** A text without anything to escape, as a cell. */
  #text(text: string): void {
    this.#reserve(text.length * 3 + 1);
    const end = this.#length + this.#bytes.write(text, this.#length);
    this.#bytes[end] = TAB;
    this.#length = end + 1;
  }

  /** Makes place behind what is there. */
  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

function areOneBehindTheOther(spans: readonly LineSpan[]): boolean {
  for (let index = 1; index < spans.length; index += 1) {
    if (spans[index]?.start !== spans[index - 1]?.end) return false;
  }
  return true;
}
