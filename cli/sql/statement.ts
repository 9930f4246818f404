import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { concatSql, sliceSql } from '../kernel/rendered-sql.ts';
import { isSignificant, scanSql } from './scan.ts';

/** One statement of a text, fit to stand inside parentheses or behind `CREATE … AS`. */
export interface Statement {
  /** Without the white space, comments and semicolons around it. */
  readonly sql: RenderedSql;
  /** Where a second statement begins in the text as it was given; `undefined` for a single one. */
  readonly secondAt: number | undefined;
}

/** What can hide the end of a statement: a semicolon, or a comment in the last line. */
const NEEDS_SCAN = /;|\*\/\s*$|(?:#|--)[^\n]*\s*$|^\s*(?:#|--|\/\*)/;

/** Takes the first statement of a text and says whether more follow. */
export function readStatement(sql: RenderedSql): Statement {
  const { text } = sql;
  if (!NEEDS_SCAN.test(text)) {
    const end = text.trimEnd().length;
    const start = text.length - text.trimStart().length;
    return { sql: start >= end ? sliceSql(sql, 0, 0) : cut(sql, start, end), secondAt: undefined };
  }
  let start: number | undefined;
  let end = 0;
  let isClosed = false;
  for (const token of scanSql(text)) {
    if (!isSignificant(token)) continue;
    if (token.text === ';') {
      if (start !== undefined) isClosed = true;
      continue;
    }
    if (isClosed) return { sql: cut(sql, start ?? 0, end), secondAt: token.start };
    start ??= token.start;
    end = token.end;
  }
  return { sql: cut(sql, start ?? 0, end), secondAt: undefined };
}

function cut(sql: RenderedSql, start: number, end: number): RenderedSql {
  return start === 0 && end === sql.text.length ? sql : sliceSql(sql, start, end);
}

/** A query with a name, to stand in a WITH clause. */
export interface NamedQuery {
  /** As it is to be written, quoted. */
  readonly name: string;
  readonly sql: RenderedSql;
}

/** Puts queries in front of a statement, in the order given, merged with the statement's own WITH clause. */
export function withQueries(queries: readonly NamedQuery[], statement: RenderedSql): RenderedSql {
  if (queries.length === 0) return statement;
  const own = leadingWith(statement.text);
  const list = queries.flatMap(({ name, sql }, index) => [
    `${index === 0 ? '' : ',\n'}${name} as (\n`,
    sql,
    '\n)',
  ]);
  if (own === undefined) return concatSql('with ', ...list, '\n', statement);
  return concatSql(
    sliceSql(statement, 0, own.end),
    ' ',
    ...list,
    ',\n',
    sliceSql(statement, own.listStart),
  );
}

/** Where `WITH` or `WITH RECURSIVE` ends and where the first of its queries begins. */
function leadingWith(text: string): { end: number; listStart: number } | undefined {
  let end: number | undefined;
  for (const token of scanSql(text)) {
    if (!isSignificant(token)) continue;
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (end === undefined) {
      if (word !== 'with') return undefined;
      end = token.end;
    } else if (word === 'recursive') end = token.end;
    else return { end, listStart: token.start };
  }
  return undefined;
}
