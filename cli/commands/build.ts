import { describeNode } from '../events/describe-node.ts';
import type { RunEvent } from '../events/run-event.ts';
import type { Graph } from '../graph/graph.ts';
import { plural } from '../kernel/format.ts';
import { outcome as checked } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { Plan, PlanCommand } from '../plan/plan.ts';
import { writeTexts } from '../platform/fs.ts';
import { cortexVersion } from '../platform/version.ts';
import { resultsReporter } from '../report/run-results.ts';
import type { Database } from '../warehouse/database.ts';
import { openWatchedDatabase, watched } from './alerts/watched.ts';
import { forgetCompileRecord } from './compile-record.ts';
import { compiledPath } from './compiled-path.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { keepLog } from './keep-log.ts';
import { explained, select } from './select.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import type { SyncedForBuild } from './sync/sync-for-build.ts';
import { writeManifest, writeRunResults } from './write-artifacts.ts';

/** `cortex build`: seeds, models and tests in one order; what passes is published. */
export const build: CommandBody = commandOf('build');

/** `cortex run`: models without their tests. */
export const run: CommandBody = commandOf('run');

/** `cortex test`: tests of what is published. */
export const test: CommandBody = commandOf('test');

/** `cortex seed`: CSV files into tables. */
export const seed: CommandBody = commandOf('seed');

function commandOf(command: PlanCommand): CommandBody {
  return async (invocation) =>
    withProject(invocation, async (session) => execute(session, command));
}

async function execute(session: ProjectSession, command: PlanCommand): Promise<number> {
  const { clock } = session.world;
  const { graph, parsed } = await loadGraph(session);
  const selection = await select(session, graph, command);
  if (explained(session, selection)) return EXIT.good;
  const { buildPlan } = await import('../plan/build-plan.ts');
  const wholePlan = buildPlan({ graph, selection: selection.ids, command });
  if (session.project.clientCode !== undefined) {
    const { outsideClient } = await import('./clients/client-databases.ts');
    session.check(checked(undefined, await outsideClient(session.project, wholePlan)));
  }
  await keepLog(session);
  const alerts = await watched(session);
  // Both are read while the server answers.
  const modules = Promise.all([
    import('../execute/execute-plan.ts'),
    import('./compile-context.ts'),
  ]);
  await using database = await openWatchedDatabase(session, alerts);
  const [{ executePlan }, { environments }] = await modules;
  const plan = session.flags.dueOnly
    ? buildPlan({
        graph,
        selection: await dueIds(session, database, { graph, ids: selection.ids }),
        command,
      })
    : wholePlan;
  const synced = session.flags.sync
    ? await syncFirst(session, database, { graph, plan })
    : undefined;
  if (synced?.exitCode === EXIT.interrupted) return synced.exitCode;
  const onCompiled = keepArtifacts(session, command, graph);
  session.emit(started(session, plan, database));
  session.emit(parsed);
  session.emit({ type: 'phaseFinished', phase: 'select', ms: 0, detail: selectedText(plan) });
  const outcome = await executePlan(plan, {
    database,
    graph,
    ...environments(session, graph.manifest, database),
    scriptModels: session.project.scriptModels,
    clock,
    emit: session.emit,
    signal: session.world.signal,
    options: executeOptions(session),
    commandLine: ['cortex', command, ...session.flags.select].join(' '),
    onCompiled,
    ...(synced === undefined ? {} : { blocked: synced.blocked }),
  });
  const exitCode =
    outcome.exitCode === EXIT.good ? (synced?.exitCode ?? EXIT.good) : outcome.exitCode;
  await alerts?.raise(database, exitCode, synced?.accounts);
  return exitCode;
}

async function dueIds(
  session: ProjectSession,
  database: Database,
  selected: { readonly graph: Graph; readonly ids: ReadonlySet<NodeId> },
): Promise<ReadonlySet<NodeId>> {
  const { withoutYoung } = await import('./building/due-models.ts');
  return withoutYoung(session, database, selected);
}

async function syncFirst(
  session: ProjectSession,
  database: Database,
  work: { readonly graph: Graph; readonly plan: Plan },
): Promise<SyncedForBuild> {
  const { syncForBuild } = await import('./sync/sync-for-build.ts');
  return syncForBuild(session, database, work);
}

const PUBLISH_WAIT_MS = 60_000;

function executeOptions({ flags, project }: ProjectSession) {
  const { failFast, fullRefresh, empty, storeFailures, publish, wait } = flags;
  const threads = flags.threads ?? project.target.threads;
  return {
    threads,
    failFast,
    fullRefresh,
    empty,
    storeFailures,
    publish,
    wait,
    publishWaitMs: PUBLISH_WAIT_MS,
  };
}

function started(session: ProjectSession, plan: Plan, database: Database): RunEvent {
  const { flags, project } = session;
  return {
    type: 'runStarted',
    command: plan.command,
    cortex: cortexVersion(),
    target: project.target.name,
    server: `${database.capabilities.label} on ${database.address}`,
    threads: flags.threads ?? project.target.threads,
    select: [...flags.select, ...flags.models],
    nodes: plan.nodes,
    tests: plan.tests,
    widestName: Math.max(0, ...shownNames(plan).map((name) => name.length)),
  };
}

function shownNames(plan: Plan): string[] {
  return plan.steps
    .flatMap(({ node, tests }) => [node, ...tests.map(({ test }) => test)])
    .map((node) => describeNode(node))
    .map(({ name, subject }) => subject ?? name);
}

function selectedText(plan: Plan): string {
  const parts = [
    ...(plan.nodes > 0 ? [plural(plan.nodes, 'node')] : []),
    ...(plan.tests > 0 ? [plural(plan.tests, 'test')] : []),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** Writes compiled SQL as it is made, and both artifacts when the run has ended, however it ended. */
function keepArtifacts(
  session: ProjectSession,
  command: PlanCommand,
  { manifest }: Graph,
): (id: NodeId, sql: string) => void {
  const compiled = new Map<NodeId, { readonly sql: Pick<RenderedSql, 'text'> }>();
  forgetCompileRecord(session);
  session.addReporter(
    resultsReporter((results, ms) => {
      writeRunResults(session, command, results, ms);
      writeManifest(session, manifest, compiled);
    }),
  );
  return (id, sql) => {
    const node = manifest.nodes.get(id);
    if (node === undefined) return;
    compiled.set(id, { sql: generatedSql(sql) });
    writeTexts([[session.targetFile(compiledPath(node)), `${sql.trim()}\n`]]);
  };
}
