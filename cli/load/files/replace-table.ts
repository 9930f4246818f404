import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, cortexError } from '../../kernel/errors.ts';
import type { Relation } from '../../manifest/relation.ts';
import { relationSql } from '../../sql/identifier.ts';
import { stringLiteral } from '../../sql/literal.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';

/** Attempts that make nobody wait come first; on a table that is always being read they never succeed. */
const IMPATIENT_ATTEMPTS = 3;
/** Attempts that wait, and make new readers wait behind them, for a second at most. */
const WAITING_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 50;

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
  await connection.execute('set @cortex_wait = @@session.lock_wait_timeout', options);
  await connection.execute('set session lock_wait_timeout = 1', options);
  try {
    await renamePatiently(connection, swap, isThere);
  } finally {
    await connection.execute('set session lock_wait_timeout = @cortex_wait').catch(() => undefined);
  }
  await dropRelation(connection, swap.old);
}

async function renamePatiently(
  connection: Connection,
  swap: Replacement,
  isThere: boolean,
): Promise<void> {
  const options = swap.signal === undefined ? {} : { signal: swap.signal };
  const impatient = swap.renameNoWait ? IMPATIENT_ATTEMPTS : 0;
  const last = impatient + WAITING_ATTEMPTS;
  for (let attempt = 1, pause = FIRST_PAUSE_MS; ; attempt += 1, pause *= 2) {
    try {
      await connection.execute(renameSql(swap, isThere, attempt <= impatient), options);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== 'lock_timeout') throw error;
      if (attempt === last) throw stillHeld(swap.relation, error);
      await pauseFor(pause, swap.signal);
    }
  }
}

async function pauseFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {
    throw new CancelledError('the sync was cancelled');
  });
}

function renameSql(swap: Replacement, isThere: boolean, noWait: boolean): string {
  const [relation, shadow, old] = [swap.relation, swap.shadow, swap.old].map(relationSql);
  const lock = noWait ? ' nowait' : '';
  if (!isThere) return `rename table ${shadow}${lock} to ${relation}`;
  return `rename table ${relation}${lock} to ${old}, ${shadow} to ${relation}`;
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
