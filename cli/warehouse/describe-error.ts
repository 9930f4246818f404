import type { Diagnostic, DiagnosticDetails } from '../kernel/diagnostic.ts';
import { diagnostic } from '../kernel/diagnostic.ts';
import type { Code } from '../kernel/codes.ts';
import type { RenderedSql, SourceRange } from '../kernel/rendered-sql.ts';
import { toSource } from '../kernel/rendered-sql.ts';
import type { Span } from '../kernel/span.ts';
import { positionAt } from '../kernel/span.ts';
import { didYouMean } from '../kernel/suggest.ts';
import type { DatabaseError } from './database-error.ts';
import type { ErrorRange } from './locate-error.ts';
import { nameRanges, nearRange, qualifiedRanges } from './locate-error.ts';
import { serverWords } from './messages.ts';
import { statementProblem } from './statement-problem.ts';
import { withoutComment } from './statement-comment.ts';

export interface ErrorContext {
  /** Unique id of the node that sent the statement. */
  readonly node?: string | undefined;
  /** Whose file answers when the statement does not tell the place: the model itself. */
  readonly file?: string | undefined;
  /** The place that answers in place of the file's start: where a test is declared. */
  readonly span?: Span | undefined;
  /** Columns that the tables of the statement have, for did-you-mean. */
  readonly columns?: Iterable<string> | undefined;
  /** Tables that exist, for did-you-mean. */
  readonly tables?: Iterable<string> | undefined;
  /** Path of the compiled file; its position is put into a note. */
  readonly compiledPath?: string | undefined;
  readonly notes?: readonly string[] | undefined;
}

/**
 * Turns an error of the database into a diagnostic that points at the template that wrote the refused part
 * of the statement. `statement` is what was sent; a part that Cortex wrote itself points at nothing, or
 * at the start of `file`.
 */
export function describeDatabaseError(
  error: DatabaseError,
  statement: RenderedSql,
  context: ErrorContext = {},
): Diagnostic {
  const problem = statementProblem(error);
  const range = problemRange(error, problem, statement);
  const place = placeOf(statement, range, context);
  const suggestion = suggestionFor(problem, context);
  return diagnostic(problem.code, problem.message, {
    ...labelsOf(place, place?.span === context.span ? undefined : problem.label),
    node: context.node,
    notes: [
      serverWords(error),
      ...compiledNote(statement, range, context),
      ...(context.notes ?? []),
    ],
    hint: suggestion ?? problem.hint,
  });
}

/** Names like the one that is not there. One that the project knows, and that was not built or loaded, is no typo. */
function suggestionFor(
  { name, nameIs }: StatementProblem,
  context: ErrorContext,
): string | undefined {
  if (name === undefined || nameIs === undefined) return undefined;
  const wanted = lastPart(name);
  const known = [...((nameIs === 'table' ? context.tables : context.columns) ?? [])];
  return known.includes(wanted) ? undefined : didYouMean(wanted, known);
}

/** What kind of problem a statement had, in the user's terms. */
export interface StatementProblem {
  readonly code: Code;
  readonly message: string;
  /** The name that the server complains about, as it writes it. */
  readonly name?: string;
  readonly nameIs?: 'column' | 'table';
  readonly label?: string;
  readonly hint?: string;
}

function problemRange(
  error: DatabaseError,
  { name, nameIs }: StatementProblem,
  statement: RenderedSql,
): ErrorRange | undefined {
  const prefix = error.sql.length - withoutComment(error.sql).length;
  const near = nearRange(error.message, error.sql === '' ? statement.text : error.sql);
  if (near !== undefined) {
    const shift = error.sql === '' ? 0 : prefix;
    return { start: Math.max(0, near.start - shift), end: Math.max(1, near.end - shift) };
  }
  if (name === undefined) return undefined;
  const written = [name, lastPart(name)].map((part) => nameRanges(part, statement.text));
  if (nameIs === 'table') written.push(qualifiedRanges(lastPart(name), statement.text));
  const ranges = written.find((found) => found.length > 0) ?? [];
  // What the user wrote is more telling than what Cortex wrote around it.
  return ranges.find((range) => toSource(statement, range.start, range.end)) ?? ranges[0];
}

function placeOf(
  statement: RenderedSql,
  range: ErrorRange | undefined,
  { span, file }: ErrorContext,
): SourceRange | undefined {
  const source = range === undefined ? undefined : toSource(statement, range.start, range.end);
  if (source !== undefined) return source;
  if (span !== undefined) return { span };
  return file === undefined ? undefined : { span: { file, start: 0, end: 0 } };
}

function labelsOf(place: SourceRange | undefined, text: string | undefined): DiagnosticDetails {
  if (place === undefined) return {};
  return {
    span: place.span,
    label: place.span.end > place.span.start ? text : undefined,
    ...(place.via === undefined ? {} : { labels: [{ span: place.via, text: 'called here' }] }),
  };
}

function compiledNote(
  statement: RenderedSql,
  range: ErrorRange | undefined,
  context: ErrorContext,
): readonly string[] {
  if (context.compiledPath === undefined) return [];
  if (range === undefined) return [`compiled: ${context.compiledPath}`];
  const { line, column } = positionAt(statement.text, range.start);
  return [`compiled: ${context.compiledPath}:${line}:${column}`];
}

function lastPart(name: string): string {
  return name.split('.').at(-1) ?? name;
}
