import type { Clock } from '../kernel/clock.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { CatalogSnapshot, Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import type { Blocker } from './blockers.ts';
import { blockersOf } from './blockers.ts';
import { readCatalog } from './catalog.ts';
import { DatabaseError } from './database-error.ts';
import type { Database } from './database.ts';
import type { Swap } from './swap.ts';
import { areDone, dropAnySql, recheckedSwaps, renameSql } from './swap.ts';
import type { SwapSessions } from './swap-sessions.ts';

export interface SwapOptions {
  readonly database: Database;
  readonly sessions: SwapSessions;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to keep trying while readers are in the way. */
  readonly budgetMs: number;
  /** Put in the comment of every statement. */
  readonly node?: string | undefined;
  readonly onStatement?: ((sql: string) => void) | undefined;
  readonly onWait?: ((blockers: readonly Blocker[]) => void) | undefined;
}

/** Readers kept the swap from being made; nothing has changed. */
export class SwapBlockedError extends Error {
  override readonly name = 'SwapBlockedError';
  readonly blockers: readonly Blocker[];

  constructor(blockers: readonly Blocker[], cause: unknown) {
    super('open transactions are in the way', { cause });
    this.blockers = blockers;
  }
}

/**
 * Attempts that make nobody wait come first, where the server has them; on a table that is read without a
 * pause they never succeed.
 */
const IMPATIENT_ATTEMPTS = 3;
/**
 * Milliseconds between attempts; the last is repeated. The server's own clean-up also holds a table for a
 * moment: the first pause outlasts it, and is nothing to speak of.
 */
const PAUSES = [20, 200, 500, 1000, 2000, 5000];
const LONGEST_PAUSE = 5000;
const MOST_SURPRISES = 3;

/** Server errors that say that a name is taken, or is not there: the catalog has changed. */
const NAME_ERRORS = new Set([1050, 1146, 1017]);

/**
 * Puts new relations in the place of published ones by one RENAME, and answers with the swaps as they were
 * made: their old versions are the caller's to drop. A reader in the way makes it let go and try again, so
 * that other readers are held up for a second at most. When the budget is spent SwapBlockedError names who
 * is in the way, and nothing has changed. A statement is not cut short once it is sent: whether it
 * happened would be unknown. After a lost connection the catalog tells.
 */
export async function swapAtomically(
  swaps: readonly Swap[],
  options: SwapOptions,
): Promise<readonly Swap[]> {
  const { clock, signal, database } = options;
  const deadline = clock.monotonic() + options.budgetMs;
  const impatient = database.capabilities.renameNoWait ? IMPATIENT_ATTEMPTS : 0;
  let current = swaps;
  let surprises = 0;
  for (let attempt = 0; ; attempt += 1) {
    if (signal?.aborted === true) throw new CancelledError('stopped before publishing');
    try {
      await send(renameSql(current, { isImpatient: attempt < impatient }), options);
      return current;
    } catch (error) {
      const next = await afterRefusal(error, current, options);
      if (next === 'done') return current;
      if (next === 'blocked') {
        const isFirst = attempt === 0;
        await waitForReaders(current, { ...options, attempt, deadline, isFirst, cause: error });
        continue;
      }
      surprises += 1;
      if (surprises > MOST_SURPRISES) throw error;
      current = next;
    }
  }
}

interface Wait extends SwapOptions {
  readonly attempt: number;
  readonly deadline: number;
  readonly isFirst: boolean;
  readonly cause: unknown;
}

/** Pauses before the next attempt; nobody is told of the first pause, which is hardly one. */
async function waitForReaders(swaps: readonly Swap[], wait: Wait): Promise<void> {
  const { clock, signal, isFirst } = wait;
  const pause = PAUSES[wait.attempt] ?? LONGEST_PAUSE;
  if (!isFirst) {
    const blockers = await blockersOfAll(swaps, wait.database);
    if (clock.monotonic() + pause > wait.deadline) throw new SwapBlockedError(blockers, wait.cause);
    wait.onWait?.(blockers);
  }
  await clock.sleep(pause, signal);
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
  options: SwapOptions,
): Promise<'blocked' | 'done' | readonly Swap[]> {
  if (!(error instanceof DatabaseError)) throw error;
  if (error.kind === 'lock_timeout') return 'blocked';
  if (error.kind !== 'connection_lost' && !NAME_ERRORS.has(error.errno)) throw error;
  const catalog = await catalogOf(swaps, options.database);
  if (areDone(swaps, catalog)) return 'done';
  for (const { old, published } of swaps) {
    const isLeftover = catalog.has(relationKey(old)) && catalog.has(relationKey(published));
    if (isLeftover) for (const sql of dropAnySql(old)) await send(sql, options);
  }
  return recheckedSwaps(swaps, catalog);
}

async function send(sql: string, { node, sessions, onStatement }: SwapOptions): Promise<void> {
  onStatement?.(sql);
  await sessions.execute(sql, node === undefined ? {} : { node });
}

async function catalogOf(swaps: readonly Swap[], database: Database): Promise<CatalogSnapshot> {
  const relations = swaps.flatMap(({ published, shadow, old }): Relation[] => [
    published,
    shadow,
    old,
  ]);
  const databases = [...new Set(relations.map((relation) => relation.database))];
  return readCatalog(
    database.control,
    databases,
    relations.map((relation) => relation.name),
  );
}
