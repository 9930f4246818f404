import type { Relation } from '../manifest/relation.ts';
import { literal } from '../sql/literal.ts';
import type { Database, Row } from './database.ts';

/** A session that keeps others from changing a table. */
export interface Blocker {
  readonly threadId: number;
  readonly user: string;
  readonly host: string;
  /** Seconds since its statement, or since it became idle. */
  readonly seconds: number;
  /** The running statement; empty while an open transaction is idle. */
  readonly query: string;
  /** True when the server names it; false when it is only a session that may be the reason. */
  readonly isCertain: boolean;
}

const LONGEST_STATEMENT = 160;

/** `connection 12 of ana@10.0.0.7:51234, idle in a transaction for 8 s`, or the statement that it runs. */
export function describeBlocker(blocker: Blocker): string {
  const { threadId, user, host, seconds, query, isCertain } = blocker;
  const doing =
    query === '' ? `idle in a transaction for ${seconds} s` : `running for ${seconds} s: ${query}`;
  const sure = isCertain ? '' : 'possibly ';
  return `${sure}connection ${threadId} of ${user}@${host}, ${doing.slice(0, LONGEST_STATEMENT)}`;
}

/**
 * Who holds a lock on a table, longest first. MySQL names the holders, MariaDB with the plugin
 * METADATA_LOCK_INFO. Elsewhere the answer is a guess: sessions whose statement names the table, and idle
 * ones with an open transaction where the user may see them.
 */
export async function blockersOf(
  database: Database,
  relation: Relation,
): Promise<readonly Blocker[]> {
  const threads = (await database.control.query('SHOW FULL PROCESSLIST')).filter(
    (row) => row['Command'] !== 'Daemon' && Number(row['Id']) !== database.control.threadId,
  );
  const holders = await metadataLockHolders(database, relation);
  const found =
    holders === undefined
      ? await likelyHolders(database, relation, threads)
      : threads.filter((row) => holders.has(Number(row['Id'])));
  return found
    .map((row) => blocker(row, holders !== undefined))
    .sort((left, right) => right.seconds - left.seconds);
}

/** The holders by the server's own account, or `undefined` where it has none or the user may not see it. */
async function metadataLockHolders(
  database: Database,
  relation: Relation,
): Promise<ReadonlySet<number> | undefined> {
  const sql = database.capabilities.metadataLockViews
    ? `SELECT t.processlist_id AS id
       FROM performance_schema.metadata_locks AS l
       JOIN performance_schema.threads AS t ON t.thread_id = l.owner_thread_id
       WHERE l.object_type = 'TABLE' AND l.lock_status = 'GRANTED'
         AND l.object_schema = ${literal(relation.database)} AND l.object_name = ${literal(relation.name)}`
    : `SELECT thread_id AS id FROM information_schema.metadata_lock_info
       WHERE table_schema = ${literal(relation.database)} AND table_name = ${literal(relation.name)}`;
  try {
    const rows = await database.control.query(sql);
    return new Set(rows.map((row) => Number(row['id'])));
  } catch {
    return undefined;
  }
}

async function likelyHolders(
  database: Database,
  relation: Relation,
  threads: readonly Row[],
): Promise<readonly Row[]> {
  const open = await openTransactions(database);
  return threads.filter((row) => {
    const statement = textOf(row['Info']);
    const isWaiting = /metadata lock/i.test(textOf(row['State']));
    if (isWaiting) return false;
    if (statement.includes(relation.name)) return true;
    return statement === '' && open.has(Number(row['Id']));
  });
}

async function openTransactions(database: Database): Promise<ReadonlySet<number>> {
  try {
    const rows = await database.control.query(
      'SELECT trx_mysql_thread_id AS id FROM information_schema.innodb_trx',
    );
    return new Set(rows.map((row) => Number(row['id'])));
  } catch {
    // Needs PROCESS.
    return new Set();
  }
}

function blocker(row: Row, isCertain: boolean): Blocker {
  return {
    threadId: Number(row['Id']),
    user: textOf(row['User']),
    host: textOf(row['Host']),
    seconds: Number(row['Time'] ?? 0),
    query: textOf(row['Info']),
    isCertain,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
