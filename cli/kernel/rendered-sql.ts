import type { Span } from './span.ts';

/**
 * Where one stretch of rendered SQL came from.
 * `verbatim`: the source has the same characters; `expanded`: the source is a whole `{{…}}`;
 * `generated`: Cortex wrote it (no template stands behind it; `source` is absent).
 */
export interface Segment {
  /** Range in the rendered text. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'verbatim' | 'expanded' | 'generated';
  readonly source?: Span;
  /** The call site in the calling file, when the stretch was written inside a macro. */
  readonly via?: Span;
}

/** SQL text and the origin of every character: segments are ordered, adjacent and cover the text. */
export interface RenderedSql {
  readonly text: string;
  readonly map: readonly Segment[];
}

/** A place in the user's files that answers for a range of rendered SQL. */
export interface SourceRange {
  readonly span: Span;
  readonly via?: Span;
}

/** Wraps SQL that no template wrote. */
export function generatedSql(text: string): RenderedSql {
  return { text, map: text === '' ? [] : [{ start: 0, end: text.length, kind: 'generated' }] };
}

/** Joins stretches of SQL, plain strings being generated text; positions of every part are kept. */
export function concatSql(...parts: readonly (string | RenderedSql)[]): RenderedSql {
  let text = '';
  const map: Segment[] = [];
  for (const part of parts) {
    const piece = typeof part === 'string' ? generatedSql(part) : part;
    for (const segment of piece.map) {
      map.push({ ...segment, start: segment.start + text.length, end: segment.end + text.length });
    }
    text += piece.text;
  }
  return { text, map };
}

/** The part of a rendered text between two offsets, with its origins. */
export function sliceSql(
  sql: RenderedSql,
  start: number,
  end: number = sql.text.length,
): RenderedSql {
  const map: Segment[] = [];
  for (const segment of sql.map) {
    const from = Math.max(segment.start, start);
    const to = Math.min(segment.end, end);
    if (from >= to) continue;
    map.push({
      ...segment,
      ...clippedSource(segment, from, to),
      start: from - start,
      end: to - start,
    });
  }
  return { text: sql.text.slice(start, end), map };
}

function clippedSource(segment: Segment, from: number, to: number): { source?: Span } {
  if (segment.source === undefined || segment.kind !== 'verbatim') return {};
  const shift = segment.source.start - segment.start;
  return { source: { file: segment.source.file, start: from + shift, end: to + shift } };
}

/**
 * The smallest range of the user's files that wrote a range of rendered SQL, or `undefined` when
 * Cortex generated all of it. Verbatim stretches shift, expanded ones answer with their whole `{{…}}`.
 * A range over several files answers for the file of its first written character.
 */
export function toSource(
  sql: RenderedSql,
  start: number,
  end: number = start + 1,
): SourceRange | undefined {
  let found: { file: string; start: number; end: number; via?: Span } | undefined;
  for (const segment of sql.map) {
    if (segment.end <= start) continue;
    if (segment.start >= Math.max(end, start + 1)) break;
    if (segment.source === undefined) continue;
    const piece = clippedSource(
      segment,
      Math.max(segment.start, start),
      Math.min(segment.end, Math.max(end, start + 1)),
    );
    const source = piece.source ?? segment.source;
    if (found === undefined) {
      found = { ...source, ...(segment.via ? { via: segment.via } : {}) };
    } else if (found.file === source.file) {
      found.start = Math.min(found.start, source.start);
      found.end = Math.max(found.end, source.end);
    }
  }
  if (found === undefined) return undefined;
  const { via, ...span } = found;
  return via ? { span, via } : { span };
}
