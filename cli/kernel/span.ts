/** A half-open range of UTF-16 offsets in one file as the user wrote it. */
export interface Span {
  /** Path relative to the project directory, POSIX separators; `<inline>` and the like for virtual files. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A place in a text. Lines and columns count from 1; columns are UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Gives the text of a file by its project-relative path, for code frames and positions. */
export interface SourceTexts {
  text(file: string): string | undefined;
}

/** Offsets of the first character of every line; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10) starts.push(index + 1);
    else if (code === 13 && text.charCodeAt(index + 1) !== 10) starts.push(index + 1);
  }
  return starts;
}

/** Line and column of an offset; offsets beyond the text answer with its end. */
export function positionAt(text: string, offset: number, starts = lineStarts(text)): Position {
  const bounded = Math.max(0, Math.min(offset, text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= bounded) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: bounded - (starts[low] ?? 0) + 1, offset: bounded };
}

/** Offset of a 1-based line and a 1-based column; out of range answers with the nearest place. */
export function offsetAt(text: string, line: number, column: number): number {
  const starts = lineStarts(text);
  const start = starts[Math.min(Math.max(line, 1), starts.length) - 1] ?? 0;
  return Math.max(0, Math.min(start + column - 1, text.length));
}
