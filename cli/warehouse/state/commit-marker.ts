import type { NodeId } from '../../manifest/node-id.ts';
import { relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import type { Database } from '../database.ts';

/**
 * A row that a transaction writes just before it commits. It is there afterwards when, and only when, the
 * commit happened: that is how the outcome of a commit is known whose answer was lost.
 */
export function markCommitSql(database: Database, node: NodeId): string {
  return `replace into ${tableOf(database)} (run_id, node_id) values (${literal(database.runId)}, ${literal(node)})`;
}

/** To be asked once the session that sent the commit has surely ended. */
export async function isCommitted(database: Database, node: NodeId): Promise<boolean> {
  const rows = await database.control.query(
    `select 1 as found from ${tableOf(database)} where run_id = ${literal(database.runId)} and node_id = ${literal(node)}`,
  );
  return rows.length > 0;
}

function tableOf({ database }: Database): string {
  return relationSql({ database, name: '__cortex_commits' });
}
