import type { Clock } from '../kernel/clock.ts';
import type { CatalogRelation, CatalogSnapshot, Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { isBuildName } from '../sql/build-names.ts';
import { relationSql } from '../sql/identifier.ts';
import { literal } from '../sql/literal.ts';
import { readCatalog } from './catalog.ts';
import type { Database } from './database.ts';
import { namesOfFileSyncs } from './file-syncs.ts';
import type { StateStore } from './state/state-store.ts';
import { readComment } from './statement-comment.ts';

const POLL_MS = 100;

export interface DeadRunOptions {
  readonly state: StateStore;
  /** Databases in which runs of this target build. */
  readonly databases: readonly string[];
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** What dead runs had left, and is gone now. */
export interface DeadRunReport {
  readonly runs: readonly string[];
  readonly endedThreads: readonly number[];
  readonly dropped: readonly Relation[];
  /** What stands there now. */
  readonly catalog: CatalogSnapshot;
  /** Shadows that stay for inspection. */
  readonly kept: readonly Relation[];
}

/**
 * Cleans up after runs that were killed. To be called by the holder of the run lock: every other run that
 * has not said that it ended is dead then. The server goes on with a dead client's statement and may
 * even commit it, so its sessions are ended and waited for before what is left is dropped. Publishing is
 * one atomic RENAME, so nothing has to be finished or undone. Shadows kept for inspection stay.
 */
export async function endDeadRuns(
  database: Database,
  options: DeadRunOptions,
): Promise<DeadRunReport> {
  const { state, databases } = options;
  const unfinished = await state.unfinishedRuns();
  const dead = unfinished.map((run) => run.runId).filter((runId) => runId !== database.runId);
  const endedThreads = await endThreads(database, new Set(dead), options);
  const [keptEntries, found] = await Promise.all([
    state.keptRelations(),
    readCatalog(database.control, databases),
  ]);
  const kept = keptEntries.map((entry) => entry.relation);
  const dropped = await dropLeftovers(database, found, kept);
  const gone = new Set(dropped.map(relationKey));
  const catalog = new Map([...found].filter(([key]) => !gone.has(key)));
  for (const runId of dead) await state.finishRun(runId, 'dead');
  return { runs: dead, endedThreads, dropped, catalog, kept };
}

async function endThreads(
  database: Database,
  dead: ReadonlySet<string>,
  options: DeadRunOptions,
): Promise<readonly number[]> {
  const ended = new Set<number>();
  if (dead.size === 0) return [];
  for (;;) {
    const running = await threadsOf(database, dead);
    if (running.length === 0) return [...ended];
    for (const threadId of running.filter((id) => !ended.has(id))) {
      ended.add(threadId);
      await database.control.execute(`KILL ${threadId}`).catch(() => undefined);
    }
    await options.clock.sleep(POLL_MS, options.signal);
  }
}

async function threadsOf(database: Database, runs: ReadonlySet<string>): Promise<number[]> {
  const threads = await database.control.query('SHOW FULL PROCESSLIST');
  const idle = await threadsByAttribute(database, runs);
  return threads
    .filter((row) => {
      const statement = row['Info'];
      const comment = typeof statement === 'string' ? readComment(statement) : undefined;
      return idle.has(Number(row['Id'])) || (comment !== undefined && runs.has(comment.runId));
    })
    .map((row) => Number(row['Id']));
}

/** Also sessions that run no statement, such as those of a machine that lost its power, where the server tells. */
async function threadsByAttribute(
  database: Database,
  runs: ReadonlySet<string>,
): Promise<ReadonlySet<number>> {
  if (!database.capabilities.metadataLockViews) return new Set();
  const list = [...runs].map((run) => literal(run)).join(', ');
  const rows = await database.control
    .query(
      `SELECT processlist_id AS id FROM performance_schema.session_connect_attrs WHERE attr_name = 'cortex_run' AND attr_value IN (${list})`,
    )
    .catch(() => []);
  return new Set(rows.map((row) => Number(row['id'])));
}

/** Which syncs of files are under way is asked after the catalog was read: what a later sync makes is not in it. */
async function dropLeftovers(
  database: Database,
  catalog: CatalogSnapshot,
  kept: readonly Relation[],
): Promise<readonly Relation[]> {
  const keptKeys = new Set(kept.map(relationKey));
  const unclaimed = [...catalog.values()].filter(
    ({ relation }) => isBuildName(relation.name) && !keptKeys.has(relationKey(relation)),
  );
  if (unclaimed.length === 0) return [];
  const inUse = await namesOfFileSyncs(database);
  const leftovers = unclaimed.filter(({ relation }) => !inUse.has(relation.name));
  for (const found of leftovers) await database.control.execute(dropSql(found));
  return leftovers.map((found) => found.relation);
}

function dropSql(found: CatalogRelation): string {
  return `DROP ${found.kind === 'view' ? 'VIEW' : 'TABLE'} IF EXISTS ${relationSql(found.relation)}`;
}
