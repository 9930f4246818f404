import { cortexError } from '../kernel/errors.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { toSource } from '../kernel/rendered-sql.ts';
import { offsetAt } from '../kernel/span.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import { serverWords } from '../warehouse/messages.ts';

/** Does some work with the database; a refused statement becomes a problem at its place in a template. */
export async function explainDatabaseErrors<T>(
  sql: RenderedSql,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const line = /at line (\d+)/.exec(error.message)?.[1];
    const offset = line === undefined ? 0 : offsetAt(sql.text, Number(line), 1);
    throw cortexError('CX5102', 'the database refused the statement', {
      cause: error,
      span: toSource(sql, offset)?.span,
      notes: [serverWords(error)],
    });
  }
}
