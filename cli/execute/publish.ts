import { CancelledError } from '../kernel/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { CatalogSnapshot, Relation, RelationKind } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { readCatalog } from '../warehouse/catalog.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import type { Blocker } from '../warehouse/blockers.ts';
import { blockersOf } from '../warehouse/blockers.ts';
import type { Connection, Database } from '../warehouse/database.ts';
import { publishBlocked, waitReason } from './messages.ts';
import type { SessionPool } from './session-pool.ts';
import type { Swap } from './swap.ts';
import { areDone, dropAnySql, dropSql, recheckedSwaps, renameSql } from './swap.ts';

export interface PublishOptions {
  readonly database: Database;
  readonly sessions: SessionPool;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds to keep trying while readers are in the way. */
  readonly budgetMs: number;
  /** The node that is published; `undefined` when it is all of them. */
  readonly node: NodeId | undefined;
  readonly onStatement: (sql: string) => void;
  readonly onWait: (reason: string) => void;
}

/**
 * Milliseconds between attempts; the last is repeated. The server's own clean-up also holds a table for a
 * moment: the first pause outlasts it, and is nothing to speak of.
 */
const PAUSES = [20, 200, 500, 1000, 2000, 5000];
const LONGEST_PAUSE = 5000;
/** Pauses between attempts to drop an old version, which nobody can begin to read any more. */
const DROP_PAUSES = [20, 50, 200, 500, 1000];
const MOST_SURPRISES = 3;

/** Server errors that say that a name is taken, or is not there: the catalog has changed. */
const NAME_ERRORS = new Set([1050, 1146, 1017]);
/** A view dropped as a table, a table as a view, or gone. */
const KIND_ERRORS = new Set([1051, 1146, 1347, 1965, 4092]);

/**
 * Publishes new versions by one RENAME, then drops the old ones. A reader in the way makes it wait
 * outside the queue and try again, so that other readers are never held up for long; when the budget is
 * spent CX4014 names who is in the way, and nothing has changed. A statement is not cut short once
 * it is sent: whether it happened would be unknown.
 */
export async function publish(swaps: readonly Swap[], options: PublishOptions): Promise<void> {
  const done = await renamed(swaps, options);
  await dropOld(done, options);
}

async function renamed(swaps: readonly Swap[], options: PublishOptions): Promise<readonly Swap[]> {
  const { clock, signal } = options;
  const deadline = clock.monotonic() + options.budgetMs;
  let current = swaps;
  let surprises = 0;
  for (let attempt = 0; ; attempt += 1) {
    if (signal.aborted) throw new CancelledError('stopped before publishing');
    try {
      await send(renameSql(current), options);
      return current;
    } catch (error) {
      const next = await afterRefusal(error, current, options);
      if (next === 'done') return current;
      if (next !== 'blocked') {
        surprises += 1;
        if (surprises > MOST_SURPRISES) throw error;
        current = next;
        continue;
      }
      const pause = PAUSES[attempt] ?? LONGEST_PAUSE;
      if (attempt === 0) {
        await clock.sleep(pause, signal);
        continue;
      }
      const blockers = await blockersOfAll(current, options.database);
      const published = current.map((swap) => swap.published);
      if (clock.monotonic() + pause > deadline) {
        throw publishBlocked(published, blockers, { cause: error, node: options.node });
      }
      options.onWait(waitReason(published, blockers));
      await clock.sleep(pause, signal);
    }
  }
}

async function blockersOfAll(
  swaps: readonly Swap[],
  database: Database,
): Promise<readonly Blocker[]> {
  const found = new Map<number, Blocker>();
  for (const { published, currentKind } of swaps) {
    if (currentKind === undefined) continue;
    for (const blocker of await blockersOf(database, published)) {
      found.set(blocker.threadId, blocker);
    }
  }
  return [...found.values()];
}

/** What a refused RENAME means: a lock in the way, a catalog that has changed, or a real failure. */
async function afterRefusal(
  error: unknown,
  swaps: readonly Swap[],
  options: PublishOptions,
): Promise<'blocked' | 'done' | readonly Swap[]> {
  if (!(error instanceof DatabaseError)) throw error;
  if (error.kind === 'lock_timeout') return 'blocked';
  if (error.kind !== 'connection_lost' && !NAME_ERRORS.has(error.errno)) throw error;
  const catalog = await catalogOf(swaps, options.database);
  if (areDone(swaps, catalog)) return 'done';
  const leftovers = swaps.map((swap) => swap.old).filter((old) => catalog.has(relationKey(old)));
  for (const old of leftovers) {
    for (const sql of dropAnySql(old)) await send(sql, options);
  }
  return recheckedSwaps(swaps, catalog);
}

/** What is published stays published: what cannot be dropped now is dropped by the next run. */
async function dropOld(swaps: readonly Swap[], options: PublishOptions): Promise<void> {
  for (const { old, currentKind } of swaps) {
    if (currentKind !== undefined) await dropOne(old, currentKind, options);
  }
}

async function dropOne(old: Relation, kind: RelationKind, options: PublishOptions): Promise<void> {
  for (const pause of [...DROP_PAUSES, 0]) {
    try {
      await send(dropSql(old, kind), options);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      if (KIND_ERRORS.has(error.errno)) return dropWhateverItIs(old, options);
      if (error.kind !== 'lock_timeout') return;
      await options.clock.sleep(pause);
    }
  }
}

async function dropWhateverItIs(old: Relation, options: PublishOptions): Promise<void> {
  for (const sql of dropAnySql(old)) await send(sql, options).catch(() => undefined);
}

async function send(sql: string, options: PublishOptions): Promise<void> {
  const { node, onStatement } = options;
  onStatement(sql);
  await options.sessions.publishing(async (connection: Connection) =>
    connection.execute(sql, node === undefined ? {} : { node }),
  );
}

async function catalogOf(swaps: readonly Swap[], database: Database): Promise<CatalogSnapshot> {
  const relations = swaps.flatMap(({ published, shadow, old }) => [published, shadow, old]);
  const databases = [...new Set(relations.map((relation) => relation.database))];
  return readCatalog(
    database.control,
    databases,
    relations.map((relation) => relation.name),
  );
}
