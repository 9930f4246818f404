import { describeNode } from '../events/describe-node.ts';
import type { RunEvent } from '../events/run-event.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { CortexError } from '../kernel/errors.ts';
import { formatDuration } from '../kernel/format.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { concatSql, generatedSql } from '../kernel/rendered-sql.ts';
import type { SourceNode } from '../manifest/node.ts';
import type { NodeStatus, TestStatus } from '../manifest/run-result.ts';
import { cortexVersion } from '../platform/version.ts';
import type { FreshnessResult } from '../report/sources-artifact.ts';
import { relationSql } from '../sql/identifier.ts';
import type { Database } from '../warehouse/database.ts';
import { compileContext } from './compile-context.ts';
import { explainDatabaseErrors } from './database-problem.ts';
import { freshnessStatus, isChecked } from './freshness-status.ts';
import { openWatchedDatabase, watched } from './alerts/watched.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { noLoadedAt, sourceStale } from './messages.ts';
import { explained, select } from './select.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import { SyncedAt } from './synced-at.ts';
import { writeSources } from './write-artifacts.ts';

/** `cortex source freshness`: how old the newest row of each source is; writes `sources.json`. */
export const sourceFreshness: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { clock } = session.world;
    const start = clock.monotonic();
    const { manifest, graph } = await loadGraph(session);
    const selection = await select(session, graph, 'freshness');
    if (explained(session, selection)) return EXIT.good;
    const sources = [...selection.ids]
      .map((id) => manifest.nodes.get(id))
      .filter((node) => node?.resourceType === 'source')
      .filter((node) => isChecked(node.freshness));
    const alerts = await watched(session);
    await using database = await openWatchedDatabase(session, alerts);
    const context = compileContext(session, { manifest, database, catalog: new Map() });
    const syncedAt = new SyncedAt(session, database);
    session.emit(started(session, database, sources));
    const results: FreshnessResult[] = [];
    for (const [index, source] of sources.entries()) {
      const result = await checkSource(session, source, { database, context, syncedAt });
      results.push(result);
      show(session, source, { result, index: index + 1, total: sources.length });
    }
    writeSources(session, results, clock.monotonic() - start);
    const isBad = results.some(({ status }) => status === 'error' || status === 'runtime error');
    const exitCode = isBad ? EXIT.failed : EXIT.good;
    session.emit(finished(results, { exitCode, ms: clock.monotonic() - start }));
    await alerts?.raise(database, exitCode);
    return exitCode;
  });

function started(
  session: ProjectSession,
  database: Database,
  sources: readonly SourceNode[],
): RunEvent {
  return {
    type: 'runStarted',
    command: 'source freshness',
    cortex: cortexVersion(),
    target: session.project.target.name,
    server: `${database.capabilities.label} on ${database.address}`,
    threads: 1,
    select: session.flags.select,
    nodes: sources.length,
    tests: 0,
    widestName: Math.max(
      0,
      ...sources.map(({ sourceName, name }) => sourceName.length + name.length + 1),
    ),
  };
}

function finished(
  results: readonly FreshnessResult[],
  end: { readonly exitCode: number; readonly ms: number },
): RunEvent {
  const nodes: Record<string, number> = {};
  for (const result of results) {
    const status = STATUS[result.status];
    nodes[status] = (nodes[status] ?? 0) + 1;
  }
  const status = end.exitCode === EXIT.good ? 'success' : 'failed';
  return { type: 'runFinished', status, ...end, nodes, tests: {}, left: 0 };
}

interface Place {
  readonly database: Database;
  readonly context: CompileContext;
  readonly syncedAt: SyncedAt;
}

async function checkSource(
  session: ProjectSession,
  source: SourceNode,
  place: Place,
): Promise<FreshnessResult> {
  const { clock, signal } = session.world;
  const start = clock.monotonic();
  try {
    const sql = await loadedAtSql(session, source, place);
    const [row] = await explainDatabaseErrors(sql, async () =>
      place.database.control.query(sql.text, { signal }),
    );
    const checkedAt = Number(row?.['checked_at']) / 1000;
    const loadedAt = row?.['loaded_at'] === null ? undefined : Number(row?.['loaded_at']) / 1000;
    const freshness = source.freshness ?? {};
    const age = loadedAt === undefined ? Infinity : checkedAt - loadedAt;
    const status = freshnessStatus(age, freshness);
    return { id: source.id, status, loadedAt, checkedAt, ms: clock.monotonic() - start, freshness };
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    session.report(error.diagnostics);
    return { id: source.id, status: 'runtime error', message: error.message };
  }
}

/** Both moments in microseconds since the epoch, by the server's own clock in UTC. */
async function loadedAtSql(
  session: ProjectSession,
  source: SourceNode,
  { context, syncedAt }: Place,
): Promise<RenderedSql> {
  const { compileText } = await import('../compile/compile-text.ts');
  const rendered = (text: string): RenderedSql =>
    session.check(
      compileText({ text, file: `<${source.name}>`, packageName: source.packageName }, context),
    );
  const relation = relationSql(source.relation);
  const filter = source.freshness?.filter;
  const where = filter === undefined ? '' : concatSql('\nwhere ', rendered(filter));
  const { loadedAtField, loadedAtQuery } = source;
  let newest: RenderedSql;
  if (loadedAtQuery !== undefined) newest = rendered(loadedAtQuery);
  else if (loadedAtField !== undefined)
    newest = concatSql('select max(', rendered(loadedAtField), `)\nfrom ${relation}`, where);
  else {
    const synced = await syncedAt.expression(source);
    if (synced === undefined) throw new CortexError([noLoadedAt(source)]);
    newest = generatedSql(synced);
  }
  return concatSql(
    "select timestampdiff(microsecond, '1970-01-01', (",
    newest,
    ")) as loaded_at, timestampdiff(microsecond, '1970-01-01', utc_timestamp(6)) as checked_at",
  );
}

function show(
  session: ProjectSession,
  source: SourceNode,
  {
    result,
    index,
    total,
  }: { readonly result: FreshnessResult; readonly index: number; readonly total: number },
): void {
  const name = `${source.sourceName}.${source.name}`;
  const age = result.status === 'runtime error' ? result.message : ageText(result);
  const stale = staleProblem(source, result, age);
  if (stale !== undefined) session.report([stale]);
  session.emit({
    type: 'nodeFinished',
    node: { ...describeNode(source), name },
    result: {
      id: source.id,
      status: STATUS[result.status],
      message: age,
      ms: result.status === 'runtime error' ? 0 : result.ms,
      thread: 'main',
      adapterResponse: {},
    },
    action: 'none',
    index,
    total,
    tests: { passed: 0, run: 0 },
  });
}

const STATUS: Readonly<Record<FreshnessResult['status'], NodeStatus | TestStatus>> = {
  pass: 'pass',
  warn: 'warn',
  error: 'fail',
  'runtime error': 'error',
};

function staleProblem(
  source: SourceNode,
  result: FreshnessResult,
  age: string,
): Diagnostic | undefined {
  if (result.status === 'warn') return sourceStale(source, age, 'warning');
  return result.status === 'error' ? sourceStale(source, age, 'error') : undefined;
}

function ageText({ loadedAt, checkedAt }: Extract<FreshnessResult, { checkedAt: number }>): string {
  if (loadedAt === undefined) return 'no rows';
  const ms = checkedAt - loadedAt;
  if (ms >= 172_800_000) return `${Math.floor(ms / 86_400_000)} days old`;
  return `${formatDuration(Math.max(0, ms)).trim()} old`;
}
