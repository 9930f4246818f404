import type { ConfiguredConnector } from '../../connectors/registry.ts';
import type { ConnectorStream } from '../../connectors/connector.ts';
import type { NodeDescription, StatusCounts } from '../events/run-event.ts';
import { CancelledError, CortexError } from '../kernel/errors.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import { cortexVersion } from '../platform/version.ts';
import type { Database } from '../warehouse/database.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { keepLog } from './keep-log.ts';
import { connectorNotFound } from './messages.ts';
import { openDatabase } from './open-database.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import { waitingText } from './waiting-text.ts';

/** `cortex sync files`: brings the raw tables of one connector, one stream or all of them up to date. */
export const sync: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const streams = await wantedStreams(session, invocation.arguments[0]);
    await keepLog(session);
    await using database = await openDatabase(session);
    const { acquireRunLock } = await import('../warehouse/run-lock.ts');
    const { clock, signal } = session.world;
    await using lock = await acquireRunLock(database, {
      command: ['cortex sync', ...invocation.arguments].join(' '),
      wait: session.flags.wait,
      clock,
      signal,
      onWait: (holder) => session.emit({ type: 'waiting', reason: waitingText(holder) }),
    });
    const status = await syncAll(session, database, streams);
    await lock.release(status);
    return { success: EXIT.good, failed: EXIT.failed, cancelled: EXIT.interrupted }[status];
  });

interface WantedStream {
  readonly connector: string;
  readonly stream: ConnectorStream;
}

/** `files` is a connector, `files.orders` one of its streams. */
async function wantedStreams(
  session: ProjectSession,
  wanted: string | undefined,
): Promise<WantedStream[]> {
  const { configureConnectors } = await import('../../connectors/registry.ts');
  const { project } = session;
  const place = { directory: project.directory, database: project.target.database };
  const connectors = session.check(await configureConnectors(project.connectors, place));
  const streams = connectors.flatMap(streamsOf);
  const chosen = streams.filter(
    ({ connector, stream }) =>
      wanted === undefined || wanted === connector || wanted === `${connector}.${stream.name}`,
  );
  if (chosen.length > 0) return chosen;
  const names = streams.flatMap(({ connector, stream }) => [
    connector,
    `${connector}.${stream.name}`,
  ]);
  throw new CortexError([connectorNotFound(wanted ?? 'connectors', [...new Set(names)])]);
}

function streamsOf({ name, streams }: ConfiguredConnector): WantedStream[] {
  return streams.map((stream) => ({ connector: name, stream }));
}

async function syncAll(
  session: ProjectSession,
  database: Database,
  streams: readonly WantedStream[],
): Promise<'success' | 'failed' | 'cancelled'> {
  const { clock, signal } = session.world;
  const start = clock.monotonic();
  const tableDefaults = await readTableDefaults(database);
  session.emit({
    type: 'runStarted',
    command: 'sync',
    cortex: cortexVersion(),
    target: session.project.target.name,
    server: `${database.capabilities.label} on ${database.address}`,
    threads: 1,
    select: [],
    nodes: streams.length,
    tests: 0,
    widestName: Math.max(...streams.map(({ stream }) => stream.name.length)),
  });
  const counts: Record<string, number> = {};
  for (const [index, wanted] of streams.entries()) {
    const place = { index: index + 1, total: streams.length };
    const { status } = await syncOne(session, wanted, { database, tableDefaults, ...place });
    counts[status] = (counts[status] ?? 0) + 1;
  }
  const status = signal.aborted
    ? 'cancelled'
    : counts['error'] === undefined
      ? 'success'
      : 'failed';
  session.emit(finished(status, counts, clock.monotonic() - start));
  return status;
}

function finished(status: 'success' | 'failed' | 'cancelled', nodes: StatusCounts, ms: number) {
  const exitCode = { success: EXIT.good, failed: EXIT.failed, cancelled: EXIT.interrupted }[status];
  return { type: 'runFinished', status, exitCode, ms, nodes, tests: {}, left: 0 } as const;
}

async function syncOne(
  session: ProjectSession,
  { connector, stream }: WantedStream,
  run: {
    readonly database: Database;
    readonly tableDefaults: { readonly charset: string; readonly collation: string };
    readonly index: number;
    readonly total: number;
  },
): Promise<NodeResult> {
  const { clock, signal } = session.world;
  const node = describeStream(connector, stream);
  const startedAt = clock.now();
  const start = clock.monotonic();
  if (!signal.aborted) session.emit({ type: 'nodeStarted', node });
  const ended = await attempt(session, async () => {
    signal.throwIfAborted();
    const { database, tableDefaults } = run;
    const onProgress = ({ rows, detail }: { rows: number; detail: string }) =>
      session.emit({ type: 'nodeProgress', node: node.id, detail, rows });
    return stream.sync({ database, tableDefaults, startedAt, signal, onProgress });
  });
  const times = { startedAt, finishedAt: clock.now(), ms: clock.monotonic() - start };
  const result: NodeResult = {
    id: node.id,
    thread: 'main',
    adapterResponse: {},
    ...times,
    ...ended,
  };
  const { index, total } = run;
  session.emit({
    type: 'nodeFinished',
    node,
    result,
    action: 'loaded',
    index,
    total,
    tests: { passed: 0, run: 0 },
  });
  return result;
}

/** How a sync ended. A problem that the user can mend is reported; the other streams go on. */
async function attempt(
  session: ProjectSession,
  work: () => Promise<{ readonly rows: number; readonly detail: string }>,
): Promise<Pick<NodeResult, 'status' | 'message' | 'rows'>> {
  try {
    const { rows, detail } = await work();
    return { status: 'success', message: detail, rows };
  } catch (error) {
    if (error instanceof CancelledError) return { status: 'cancelled', message: 'stopped' };
    if (!(error instanceof CortexError)) throw error;
    session.report(error.diagnostics);
    return { status: 'error', message: error.message };
  }
}

function describeStream(connector: string, { name, relation }: ConnectorStream): NodeDescription {
  return {
    id: `stream.${connector}.${name}`,
    resourceType: 'source',
    name,
    kind: 'stream',
    relation: `${relation.database}.${relation.name}`,
  };
}

/** New raw tables are made like the other tables of the target's database. */
async function readTableDefaults(
  database: Database,
): Promise<{ charset: string; collation: string }> {
  const [row] = await database.control.query(
    'SELECT @@character_set_database AS charset, @@collation_database AS collation',
  );
  return { charset: String(row?.['charset']), collation: String(row?.['collation']) };
}
