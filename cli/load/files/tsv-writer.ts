import type { TsvBatch } from '../bulk/tsv.ts';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const ZERO = 0x30;

/** The letter that follows a backslash in place of a byte; 0 for bytes that stand for themselves. */
const LETTERS = new Uint8Array(256);
LETTERS[BACKSLASH] = BACKSLASH;
LETTERS[TAB] = 't'.charCodeAt(0);
LETTERS[LINE_FEED] = 'n'.charCodeAt(0);
LETTERS[0x0d] = 'r'.charCodeAt(0);
LETTERS[0x00] = '0'.charCodeAt(0);
LETTERS[0x1a] = 'Z'.charCodeAt(0);

/** A stretch of bytes that is one value. */
export interface ValueBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly hasDoubledQuotes: boolean;
  readonly hasSpecialBytes: boolean;
}

/** Writes one batch of tab-separated rows, value by value, copying bytes wherever they need no change. */
export class TsvWriter {
  #out: Buffer;
  #position = 0;
  rows = 0;

  constructor(bytes: number) {
    this.#out = Buffer.allocUnsafe(bytes);
  }

  /** Bytes written so far: where a row that turns out to be incomplete began. */
  get position(): number {
    return this.#position;
  }

  /** Forgets what was written after a position. */
  rewind(position: number): void {
    this.#position = position;
  }

  /** Ends a value; the last one of a row ends the row. */
  end(isLast: boolean): void {
    this.#out[this.#position] = isLast ? LINE_FEED : TAB;
    this.#position += 1;
    if (isLast) this.rows += 1;
  }

  null(): void {
    this.#room(3);
    this.#out[this.#position] = BACKSLASH;
    this.#out[this.#position + 1] = 0x4e;
    this.#position += 2;
  }

  /** A whole number that is not negative. */
  number(value: number): void {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
    this.#room(digits + 1);
    let rest = value;
    for (let index = this.#position + digits - 1; index >= this.#position; index -= 1) {
      this.#out[index] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#position += digits;
  }

  /** Text that was made by a conversion. */
  text(text: string): void {
    const bytes = Buffer.from(text);
    this.#escaped({
      bytes,
      start: 0,
      end: bytes.length,
      hasDoubledQuotes: false,
      hasSpecialBytes: true,
    });
  }

  value(value: ValueBytes): void {
    if (value.hasDoubledQuotes || value.hasSpecialBytes) this.#escaped(value);
    else this.#copied(value);
  }

  batch(): TsvBatch {
    return { bytes: this.#out.subarray(0, this.#position), rows: this.rows };
  }

  #copied({ bytes, start, end }: ValueBytes): void {
    this.#room(end - start + 1);
    const out = this.#out;
    let position = this.#position;
    for (let index = start; index < end; index += 1) {
      out[position] = bytes[index] as number;
      position += 1;
    }
    this.#position = position;
  }

  #escaped({ bytes, start, end, hasDoubledQuotes }: ValueBytes): void {
    this.#room((end - start) * 2 + 1);
    const out = this.#out;
    let position = this.#position;
    for (let index = start; index < end; index += 1) {
      const byte = bytes[index] as number;
      const letter = LETTERS[byte] as number;
      if (letter !== 0) {
        out[position] = BACKSLASH;
        position += 1;
      }
      out[position] = letter === 0 ? byte : letter;
      position += 1;
      if (byte === QUOTE && hasDoubledQuotes) index += 1;
    }
    this.#position = position;
  }

  #room(bytes: number): void {
    if (this.#position + bytes <= this.#out.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#out.length * 2, this.#position + bytes));
    this.#out.copy(larger, 0, 0, this.#position);
    this.#out = larger;
  }
}
