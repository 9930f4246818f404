import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { sliceSql } from '../kernel/rendered-sql.ts';
import { readStatement } from '../sql/statement.ts';

/** The statements of a text, in order, with the origin of every character; empty ones are left out. */
export function statementsOf(sql: RenderedSql): RenderedSql[] {
  const statements: RenderedSql[] = [];
  let rest: RenderedSql | undefined = sql;
  while (rest !== undefined) {
    const { sql: first, secondAt } = readStatement(rest);
    if (first.text !== '') statements.push(first);
    rest = secondAt === undefined ? undefined : sliceSql(rest, secondAt);
  }
  return statements;
}
