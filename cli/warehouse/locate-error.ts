import { offsetAt } from '../kernel/span.ts';

/** A range of the statement that an error is about. */
export interface ErrorRange {
  readonly start: number;
  readonly end: number;
}

/** What the server cuts from the statement when it quotes the rest of it. */
const NEAR = /near '([\s\S]*)' at line (\d+)/;
const WORD = /^(?:[\p{L}\p{N}_$]+|\S)/u;

/**
 * Where a syntax error stands: the server quotes the text from there on and names the line. At the end of
 * the statement it quotes nothing, and the last character answers.
 */
export function nearRange(message: string, sql: string): ErrorRange | undefined {
  const found = NEAR.exec(message);
  if (found === null) return undefined;
  const [, quoted = '', lineText = '1'] = found;
  const line = Number(lineText);
  if (quoted === '') return lastCharacter(sql);
  const lineStart = offsetAt(sql, line, 1);
  // The quote is cut after 80 bytes, maybe inside of a character.
  const start = Math.max(
    sql.indexOf(quoted, lineStart),
    sql.indexOf(quoted.slice(0, Math.max(1, quoted.length - 4)), lineStart),
  );
  if (start < 0) return lastWords(quoted, sql, lineStart);
  return { start, end: start + wordAt(sql, start) };
}

/**
 * The places where a name such as `o.total` or `total` is written outside of comments and literals,
 * quoted or not. Names are compared without regard to case, as the server compares columns.
 */
export function nameRanges(name: string, sql: string): readonly ErrorRange[] {
  const parts = name
    .split('.')
    .map((part) => `(?:\`${escapePattern(part)}\`|${escapePattern(part)})`);
  return rangesOf(parts.join('\\s*\\.\\s*'), sql);
}

/** The places where a table of this name is written with its database. */
export function qualifiedRanges(table: string, sql: string): readonly ErrorRange[] {
  const name = escapePattern(table);
  return rangesOf(`(?:\`[^\`]+\`|[\\p{L}\\p{N}_$]+)\\s*\\.\\s*(?:\`${name}\`|${name})`, sql);
}

/** Where a pattern stands by itself, outside of comments and literals. */
function rangesOf(source: string, sql: string): readonly ErrorRange[] {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_$.\`])${source}(?![\\p{L}\\p{N}_$\`])`, 'giu');
  const code = withoutCommentsAndLiterals(sql);
  return [...code.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The statement with comments and text literals blanked out, every offset kept. */
export function withoutCommentsAndLiterals(sql: string): string {
  return sql.replace(
    /--[ \t][^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"/g,
    (text) => text.replace(/[^\n]/g, ' '),
  );
}

function lastCharacter(sql: string): ErrorRange {
  const end = sql.trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

/** What is quoted to the end of the statement and on, into the next of those that were sent with it. */
function lastWords(quoted: string, sql: string, lineStart: number): ErrorRange {
  for (
    let start = Math.max(lineStart, sql.length - quoted.length);
    start < sql.length;
    start += 1
  ) {
    if (quoted.startsWith(sql.slice(start))) return { start, end: start + wordAt(sql, start) };
  }
  return quoted.startsWith(';') ? lastCharacter(sql) : lineRange(sql, lineStart);
}

function wordAt(sql: string, start: number): number {
  return Math.max(1, WORD.exec(sql.slice(start))?.[0].length ?? 1);
}

function lineRange(sql: string, start: number): ErrorRange {
  const newline = sql.indexOf('\n', start);
  return { start, end: newline < 0 ? sql.length : newline };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
