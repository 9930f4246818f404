import type { SyncOrder } from '../../../connectors/runner/sync/sync-run.ts';
import type { RunEvent } from '../../events/run-event.ts';
import type { NodeStatus } from '../../manifest/run-result.ts';
import { cortexVersion } from '../../platform/version.ts';
import type { Database } from '../../warehouse/database.ts';
import { EXIT } from '../invocation.ts';
import type { Observation } from '../alerts/observation.ts';
import { erasedPeople } from '../privacy/erased-people.ts';
import type { ProjectSession } from '../session.ts';
import type { ChosenStreams } from './choose-streams.ts';
import { streamNodes } from './stream-node.ts';
import { syncFileStreams } from './sync-file-streams.ts';
import { SyncReporting } from './sync-reporting.ts';
import type { SyncWork } from './sync-work.ts';
import { commandLine } from './sync-work.ts';

/** Streams that are read side by side, over all accounts; each account keeps its own limit below that. */
const PARALLEL = 8;
const MINUTE_MS = 60_000;

export interface SyncOutcome {
  readonly exitCode: number;
  /** How each stream ended, by its id. */
  readonly ended: ReadonlyMap<string, NodeStatus>;
  /** What all streams changed, for people: `1,204 added, 12 restated; …`. */
  readonly changes: string;
  /** How the accounts of platforms stand, for alerts. */
  readonly accounts: readonly Observation[];
}

export interface SyncRequest {
  readonly order: SyncOrder;
  /** Reported after the first line. */
  readonly opening?: readonly RunEvent[];
}

/** Reads the chosen streams of platforms and files, and reports it as a run of its own. */
export async function runSync(
  session: ProjectSession,
  database: Database,
  chosen: ChosenStreams,
  { order, opening = [] }: SyncRequest,
): Promise<SyncOutcome> {
  const { clock } = session.world;
  const start = clock.monotonic();
  const nodes = streamNodes(session.project.name, chosen);
  const reporting = new SyncReporting(session, nodes);
  const names = [...nodes.values()].map(({ node }) => node.name.length);
  session.emit({
    type: 'runStarted',
    command: order.purpose,
    cortex: cortexVersion(),
    target: session.project.target.name,
    server: `${database.capabilities.label} on ${database.address}`,
    threads: Math.min(PARALLEL, nodes.size),
    select: [],
    nodes: nodes.size,
    tests: 0,
    widestName: Math.max(0, ...names),
  });
  for (const event of opening) session.emit(event);
  const tableDefaults = await readTableDefaults(database);
  const work = { session, database, order, tableDefaults, reporting };
  await Promise.all([
    syncFileStreams(work, chosen.files),
    chosen.platforms.length === 0 ? undefined : syncAllPlatforms(work, chosen),
  ]);
  const ms = clock.monotonic() - start;
  const status = statusOf(reporting.counts, session.world.signal.aborted);
  const exitCode = EXIT_CODES[status];
  session.emit({ type: 'phaseFinished', phase: 'sync', ms, detail: reporting.totalText });
  session.emit({
    type: 'runFinished',
    status,
    exitCode,
    ms,
    nodes: reporting.counts,
    tests: {},
    left: 0,
  });
  const { ended, totalText: changes, accounts } = reporting;
  return { exitCode, ended, changes, accounts };
}

async function syncAllPlatforms(
  { session, database, order, tableDefaults, reporting }: SyncWork,
  { platforms }: ChosenStreams,
): Promise<void> {
  const { openSyncRun } = await import('../../../connectors/runner/sync/open-sync-run.ts');
  const { syncPlatforms } = await import('../../../connectors/runner/sync/sync-platforms.ts');
  const { project, world, flags } = session;
  await using run = await openSyncRun({
    database,
    order,
    tableDefaults,
    client: clientOf(project.client),
    command: commandLine(order),
    clock: world.clock,
    signal: world.signal,
    random: Math.random,
    maxWaitMs: flags.maxWait * MINUTE_MS,
    parallel: PARALLEL,
    onEvent: reporting.onEvent,
    erasedPeople: () => erasedPeople(session, database.control),
  });
  await syncPlatforms(run, platforms);
}

/** A project that says nothing of its client has the zone UTC, which no account has to be in. */
function clientOf({ currency, timezone }: ProjectSession['project']['client']) {
  return { currency, timezone: currency === '' && timezone === 'UTC' ? '' : timezone };
}

const EXIT_CODES = {
  success: EXIT.good,
  partial: EXIT.partial,
  failed: EXIT.failed,
  cancelled: EXIT.interrupted,
} as const;

function statusOf(
  counts: Readonly<Record<string, number>>,
  isCancelled: boolean,
): keyof typeof EXIT_CODES {
  if (isCancelled) return 'cancelled';
  const bad = (counts['error'] ?? 0) + (counts['skipped'] ?? 0) + (counts['cancelled'] ?? 0);
  if (bad > 0) return 'failed';
  return (counts['partial'] ?? 0) > 0 ? 'partial' : 'success';
}

/** New raw tables are made like the other tables of the target's database. */
export async function readTableDefaults(
  database: Database,
): Promise<{ charset: string; collation: string }> {
  const [row] = await database.control.query(
    'SELECT @@character_set_database AS charset, @@collation_database AS collation',
  );
  return { charset: String(row?.['charset']), collation: String(row?.['collation']) };
}
