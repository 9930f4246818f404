import { CortexError } from '../kernel/errors.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import type { ErrorContext } from '../warehouse/describe-error.ts';
import { describeDatabaseError } from '../warehouse/describe-error.ts';

/** Does some work with the database; a refused statement becomes a problem at its place in a template. */
export async function explainDatabaseErrors<T>(
  statement: RenderedSql,
  work: () => Promise<T>,
  context: ErrorContext = {},
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new CortexError([describeDatabaseError(error, statement, context)], { cause: error });
  }
}
