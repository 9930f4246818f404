import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Database, Row } from '../warehouse/database.ts';
import { explainDatabaseErrors } from './database-problem.ts';
import type { ProjectSession } from './session.ts';

/** So many rows are shown when a person asks for all of them. */
export const ALL_ROWS = -1;

/**
 * The first rows of a query. The server is told to stop after them (`sql_select_limit`) and the query
 * is sent as it was written, so that its own mistakes keep their places.
 */
export async function queryRows(
  session: ProjectSession,
  database: Database,
  { sql, limit }: { readonly sql: RenderedSql; readonly limit: number },
): Promise<readonly Row[]> {
  await using connection = await database.connect();
  if (limit !== ALL_ROWS)
    await connection.execute(`SET SESSION sql_select_limit = ${Math.max(0, limit)}`);
  const { signal } = session.world;
  const rows = await explainDatabaseErrors(sql, async () => connection.query(sql.text, { signal }));
  return limit === ALL_ROWS ? rows : rows.slice(0, Math.max(0, limit));
}
