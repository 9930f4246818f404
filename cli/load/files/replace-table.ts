import { setTimeout as sleep } from 'node:timers/promises';
import { cortexError } from '../../kernel/errors.ts';
import type { Relation } from '../../manifest/relation.ts';
import { relationSql } from '../../sql/identifier.ts';
import { stringLiteral } from '../../sql/literal.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';

const ATTEMPTS = 8;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

export interface Replacement {
  /** The published name. */
  readonly relation: Relation;
  /** The complete new table. */
  readonly shadow: Relation;
  /** The name that the old table has for a moment. */
  readonly old: Relation;
  /** The server can rename without waiting for readers, and so without making others wait. */
  readonly renameNoWait: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Publishes a new table by one RENAME: a reader sees the old rows or the new ones. Readers that hold
 * the old table are waited for in short attempts; after the last one the old table stays in place.
 */
export async function replaceTable(connection: Connection, swap: Replacement): Promise<void> {
  const options = swap.signal === undefined ? {} : { signal: swap.signal };
  await dropRelation(connection, swap.old);
  const isThere = (await relationKind(connection, swap.relation)) !== undefined;
  const sql = renameSql(swap, isThere);
  await connection.execute('set @cortex_wait = @@session.lock_wait_timeout', options);
  await connection.execute('set session lock_wait_timeout = 1', options);
  try {
    for (let attempt = 1, pause = FIRST_PAUSE_MS; ; attempt += 1, pause *= 2) {
      try {
        await connection.execute(sql, options);
        break;
      } catch (error) {
        if (!(error instanceof DatabaseError) || error.kind !== 'lock_timeout') throw error;
        if (attempt === ATTEMPTS) throw stillHeld(swap.relation, error);
        await sleep(Math.min(pause, LONGEST_PAUSE_MS), undefined, options);
      }
    }
  } finally {
    await connection.execute('set session lock_wait_timeout = @cortex_wait').catch(() => undefined);
  }
  await dropRelation(connection, swap.old);
}

function renameSql({ relation, shadow, old, renameNoWait }: Replacement, isThere: boolean): string {
  const noWait = renameNoWait ? ' nowait' : '';
  const publish = `${relationSql(shadow)}${isThere ? '' : noWait} to ${relationSql(relation)}`;
  return isThere
    ? `rename table ${relationSql(relation)}${noWait} to ${relationSql(old)}, ${publish}`
    : `rename table ${publish}`;
}

/** Drops what stands under a name, table or view. */
export async function dropRelation(connection: Connection, relation: Relation): Promise<void> {
  const kind = await relationKind(connection, relation);
  if (kind !== undefined) await connection.execute(`drop ${kind} ${relationSql(relation)}`);
}

async function relationKind(
  connection: Connection,
  relation: Relation,
): Promise<'table' | 'view' | undefined> {
  const [row] = await connection.query(
    `select table_type as kind from information_schema.tables
     where table_schema = ${stringLiteral(relation.database)} and table_name = ${stringLiteral(relation.name)}`,
  );
  if (row === undefined) return undefined;
  return row['kind'] === 'VIEW' ? 'view' : 'table';
}

function stillHeld(relation: Relation, cause: unknown): Error {
  return cortexError('CX7017', `\`${relation.name}\` is held by another connection`, {
    hint: 'end the transaction that reads it, or sync again later',
    notes: ['the table keeps its previous rows'],
    cause,
    retryable: true,
  });
}
