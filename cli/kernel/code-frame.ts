import { lineStarts, positionAt } from './span.ts';

const WIDEST_LINE = 200;

export interface FrameLabel {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}

/**
 * The lines around a marked range, one line of context each side, with line numbers and carets.
 * Tabs are kept under the carets; lines over 200 columns are cut around the mark. The column of
 * line numbers is at least `narrowest` wide, so that several frames can stand under each other.
 */
export function codeFrame(text: string, label: FrameLabel, narrowest = 1): string {
  const starts = lineStarts(text);
  const from = positionAt(text, label.start, starts);
  const to = positionAt(text, Math.max(label.end, label.start + 1), starts);
  const first = Math.max(1, from.line - 1);
  const last = lastShownLine(text, starts, from.line);
  const gutter = Math.max(gutterWidth(text, label), narrowest);
  const rows = [`${' '.repeat(gutter)} |`];
  for (let line = first; line <= last; line += 1) {
    const content = lineText(text, starts, line);
    const isMarked = line === from.line;
    const offset = isMarked ? cutOffset(content, from.column) : 0;
    rows.push(
      `${String(line).padStart(gutter)} | ${content.slice(offset, offset + WIDEST_LINE)}`.trimEnd(),
    );
    if (isMarked) {
      const end = to.line === from.line ? to.column : content.length + 1;
      rows.push(caretRow({ gutter, content, offset, from: from.column, end, text: label.text }));
    }
  }
  return rows.join('\n');
}

/** Digits of the last line number in the frame of a label. */
export function gutterWidth(text: string, label: FrameLabel): number {
  const starts = lineStarts(text);
  return String(lastShownLine(text, starts, positionAt(text, label.start, starts).line)).length;
}

/** The line after the mark, unless it is only what follows the file's last line break. */
function lastShownLine(text: string, starts: readonly number[], marked: number): number {
  const hasNext = marked < starts.length && starts[marked] !== text.length;
  return hasNext ? marked + 1 : marked;
}

function lineText(text: string, starts: readonly number[], line: number): string {
  return text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).replace(/[\r\n]+$/, '');
}

function cutOffset(content: string, column: number): number {
  if (content.length <= WIDEST_LINE) return 0;
  return Math.max(0, Math.min(column - 1 - WIDEST_LINE / 2, content.length - WIDEST_LINE));
}

function caretRow(row: {
  gutter: number;
  content: string;
  offset: number;
  from: number;
  end: number;
  text: string | undefined;
}): string {
  const lead = row.content.slice(row.offset, row.from - 1).replace(/[^\t]/g, ' ');
  const room = WIDEST_LINE - lead.length;
  const carets = '^'.repeat(Math.max(1, Math.min(row.end - row.from, room)));
  return `${' '.repeat(row.gutter)} | ${lead}${carets}${row.text === undefined ? '' : ` ${row.text}`}`;
}
