import type { RenderedSql, Segment } from '../kernel/rendered-sql.ts';
import type { Span } from '../kernel/span.ts';

/** Collects rendered text and the origin of every character. */
export class SqlWriter {
  #text = '';
  readonly #map: Segment[] = [];

  get text(): string {
    return this.#text;
  }

  /** Text that stands in the source as it is; stretches that follow each other there become one. */
  copy(text: string, source: Span, via: Span | undefined): void {
    if (text === '') return;
    const last = this.#map.at(-1);
    const start = this.#text.length;
    this.#text += text;
    if (last?.kind === 'verbatim' && last.via === via && follows(last.source, source)) {
      const whole = {
        file: source.file,
        start: last.source?.start ?? source.start,
        end: source.end,
      };
      this.#map[this.#map.length - 1] = { ...last, end: this.#text.length, source: whole };
      return;
    }
    this.#push(start, 'verbatim', source, via);
  }

  /** Text that a whole `{{…}}` stands for. */
  expand(text: string, source: Span, via: Span | undefined): void {
    if (text === '') return;
    const start = this.#text.length;
    this.#text += text;
    this.#push(start, 'expanded', source, via);
  }

  /** Another piece with `indent` before each of its lines; the indent belongs to `source`. */
  appendIndented(
    piece: RenderedSql,
    indent: string,
    source: { readonly span: Span; readonly via: Span | undefined },
  ): void {
    let lineStart = 0;
    while (lineStart < piece.text.length) {
      const lineBreak = piece.text.indexOf('\n', lineStart);
      const lineEnd = lineBreak === -1 ? piece.text.length : lineBreak + 1;
      this.expand(indent, source.span, source.via);
      this.#appendSlice(piece, lineStart, lineEnd);
      lineStart = lineEnd;
    }
  }

  finish(): RenderedSql {
    return { text: this.#text, map: this.#map };
  }

  #appendSlice(piece: RenderedSql, from: number, to: number): void {
    for (const segment of piece.map) {
      const start = Math.max(segment.start, from);
      const end = Math.min(segment.end, to);
      if (start >= end || segment.source === undefined) continue;
      const text = piece.text.slice(start, end);
      if (segment.kind === 'verbatim') {
        const shift = segment.source.start - segment.start;
        this.copy(
          text,
          { file: segment.source.file, start: start + shift, end: end + shift },
          segment.via,
        );
      } else this.expand(text, segment.source, segment.via);
    }
  }

  #push(start: number, kind: 'verbatim' | 'expanded', source: Span, via: Span | undefined): void {
    const end = this.#text.length;
    this.#map.push(
      via === undefined ? { start, end, kind, source } : { start, end, kind, source, via },
    );
  }
}

function follows(before: Span | undefined, after: Span): boolean {
  return before !== undefined && before.file === after.file && before.end === after.start;
}
