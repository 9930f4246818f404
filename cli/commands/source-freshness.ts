import { describeNode } from '../events/describe-node.ts';
import type { RunEvent } from '../events/run-event.ts';
import type { SourceNode } from '../manifest/node.ts';
import type { NodeStatus, TestStatus } from '../manifest/run-result.ts';
import { cortexVersion } from '../platform/version.ts';
import type { FreshnessResult } from '../report/sources-artifact.ts';
import type { Database } from '../warehouse/database.ts';
import { openWatchedDatabase, watched } from './alerts/watched.ts';
import { isChecked } from './freshness/freshness-status.ts';
import type { MeasuredSource } from './freshness/measure-source.ts';
import { measureSource, measuring } from './freshness/measure-source.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { explained, select } from './select.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
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
    const place = measuring(session, database, manifest);
    session.emit(started(session, database, sources));
    const results: FreshnessResult[] = [];
    for (const [index, source] of sources.entries()) {
      const measured = await measureSource(source, place);
      results.push(measured.result);
      show(session, source, { measured, index: index + 1, total: sources.length });
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

function show(
  session: ProjectSession,
  source: SourceNode,
  {
    measured: { result, age, problems },
    index,
    total,
  }: { readonly measured: MeasuredSource; readonly index: number; readonly total: number },
): void {
  session.report(problems);
  session.emit({
    type: 'nodeFinished',
    node: { ...describeNode(source), name: `${source.sourceName}.${source.name}` },
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
