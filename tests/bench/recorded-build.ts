import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { createConnection } from 'mysql2/promise';
import { readComment, withoutComment } from '../../cli/warehouse/statement-comment.ts';
import type { ServerAddress } from '../support/server-address.ts';

/** What one node sent to the server, in order, and the nodes it waited for. */
export interface StatementGroup {
  readonly node: string;
  readonly parents: readonly string[];
  readonly statements: readonly string[];
}

/**
 * Runs a build with the server's general log switched on and answers with the statements of every node,
 * as the server received them. The statements of a test belong to the node that the test guards.
 */
export async function recordBuild(
  address: ServerAddress,
  project: string,
  build: () => Promise<unknown>,
): Promise<readonly StatementGroup[]> {
  const { host, port, user, password } = address;
  const admin = await createConnection({ host, port, user, password });
  try {
    await admin.query(`SET GLOBAL log_output = 'TABLE'`);
    await admin.query('TRUNCATE TABLE mysql.general_log');
    await admin.query('SET GLOBAL general_log = 1');
    await build();
    await admin.query('SET GLOBAL general_log = 0');
    const [rows] = await admin.query<RowDataPacket[]>(
      `SELECT CONVERT(argument USING utf8mb4) AS statement FROM mysql.general_log
       WHERE command_type = 'Query' AND argument LIKE '/* cortex:%' ORDER BY event_time`,
    );
    return grouped(
      rows.map((row) => String(row['statement'])),
      readManifest(project),
    );
  } finally {
    await admin.end();
  }
}

interface ManifestNodes {
  readonly [id: string]: {
    readonly depends_on: { readonly nodes: readonly string[] };
    readonly attached_node?: string | null;
  };
}

function readManifest(project: string): ManifestNodes {
  const text = readFileSync(join(project, 'target', 'manifest.json'), 'utf8');
  return (JSON.parse(text) as { nodes: ManifestNodes }).nodes;
}

/** A bare script does not try again: it waits for a locked table, as long as the server lets it. */
function patient(sql: string): string {
  return sql.replace(/^set statement lock_wait_timeout = 0 for /, '');
}

/** The log has refused attempts too; only the last attempt at a RENAME or DROP succeeded. */
function isAttemptAt(sql: string, sent: string): boolean {
  return sql === sent && /^(?:rename|drop) /.test(sql);
}

function grouped(statements: readonly string[], nodes: ManifestNodes): StatementGroup[] {
  const byNode = new Map<string, string[]>();
  for (const statement of statements) {
    const node = readComment(statement)?.node;
    if (node === undefined || nodes[node] === undefined) continue;
    const owner = nodes[node].attached_node ?? node;
    const group = byNode.get(owner) ?? [];
    const sql = patient(withoutComment(statement));
    byNode.set(owner, [...group.filter((sent) => !isAttemptAt(sql, sent)), sql]);
  }
  return [...byNode].map(([node, sent]) => ({
    node,
    parents: nodes[node]?.depends_on.nodes ?? [],
    statements: sent,
  }));
}
