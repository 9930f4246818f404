const FIRST_BYTES = 1024 * 1024;

/** Where lines stand in an arena. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Lines as bytes, one behind the other. What waits in a batch would cost the garbage collector more than
 * everything else if it waited as strings.
 */
export class LineArena {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Empties it; the memory is kept for the lines that come next. */
  clear(): void {
    this.#length = 0;
  }

  append(lines: string): LineSpan {
    const start = this.#length;
    this.#reserve(start + lines.length * 3);
    this.#length += this.#bytes.write(lines, start);
    return { start, end: this.#length };
  }

  /** The lines of spans, in their order. */
  collect(spans: readonly LineSpan[]): Buffer {
    const size = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    const collected = Buffer.allocUnsafe(size);
    let offset = 0;
    for (const { start, end } of spans) {
      offset += this.#bytes.copy(collected, offset, start, end);
    }
    return collected;
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(size, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
