import { codeFrame, gutterWidth } from '../kernel/code-frame.ts';
import { CODES } from '../kernel/codes.ts';
import type { Diagnostic, Label } from '../kernel/diagnostic.ts';
import type { SourceTexts } from '../kernel/span.ts';
import { positionAt } from '../kernel/span.ts';
import type { Style } from './style.ts';

const MOST_LABELS = 3;

/** A diagnostic as people read it: headline, frames, notes, hint. No newline at the end. */
export function renderDiagnostic(diagnostic: Diagnostic, texts: SourceTexts, style: Style): string {
  const labels = diagnostic.labels.slice(0, MOST_LABELS);
  const gutter = Math.max(1, ...labels.map((label) => gutterOf(label, texts)));
  const rows = [headline(diagnostic, style)];
  for (const label of labels) rows.push(...labelRows(label, texts, { diagnostic, gutter, style }));
  for (const note of diagnostic.notes) {
    rows.push(`${' '.repeat(gutter + 1)}${style.dim('=')} ${note}`);
  }
  if (diagnostic.hint !== undefined) rows.push('', `${style.accent('hint:')} ${diagnostic.hint}`);
  return rows.join('\n');
}

/** `models/orders.sql:7:5`, or the bare path where the text cannot be read. */
function placeOf(label: Label, texts: SourceTexts): string {
  const text = texts.text(label.span.file);
  if (text === undefined) return label.span.file;
  const { line, column } = positionAt(text, label.span.start);
  return `${label.span.file}:${line}:${column}`;
}

function headline({ code, severity, message }: Diagnostic, style: Style): string {
  const paint = severity === 'error' ? style.bad : style.warn;
  return `${paint(`${severity}[${code}]`)} ${style.bold(CODES[code].slug)}: ${message}`;
}

/** Digits of the last line number that the frame of a label shows. */
function gutterOf({ span }: Label, texts: SourceTexts): number {
  const text = texts.text(span.file);
  return text === undefined ? 1 : gutterWidth(text, span);
}

function labelRows(
  label: Label,
  texts: SourceTexts,
  look: { readonly diagnostic: Diagnostic; readonly gutter: number; readonly style: Style },
): string[] {
  const { gutter, style } = look;
  const place = `${' '.repeat(gutter)}${style.accent('-->')} ${placeOf(label, texts)}`;
  const text = texts.text(label.span.file);
  if (text === undefined) return [place];
  const { start, end } = label.span;
  const frame = codeFrame(
    text,
    label.text === undefined ? { start, end } : { start, end, text: label.text },
    gutter,
  );
  const paint = look.diagnostic.severity === 'error' ? style.bad : style.warn;
  return [place, ...frame.split('\n').map((row) => paintedRow(row, gutter, { paint, style }))];
}

function paintedRow(
  row: string,
  gutter: number,
  { paint, style }: { paint: (text: string) => string; style: Style },
): string {
  const content = row.slice(gutter + 2);
  const isCaretRow = row.startsWith(' '.repeat(gutter)) && content.trim() !== '';
  return style.dim(row.slice(0, gutter + 2)) + (isCaretRow ? paint(content) : content);
}
