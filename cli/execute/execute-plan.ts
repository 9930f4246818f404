import { stepsInOrder } from '../plan/steps-in-order.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { storageOf } from '../compile/test-settings.ts';
import { CancelledError } from '../kernel/errors.ts';
import { hasErrors } from '../kernel/outcome.ts';
import type { TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { identifier } from '../sql/identifier.ts';
import { literal } from '../sql/literal.ts';
import { endDeadRuns } from '../warehouse/dead-runs.ts';
import type { Database } from '../warehouse/database.ts';
import { OldVersions } from '../warehouse/old-versions.ts';
import type { RunLock } from '../warehouse/run-lock.ts';
import { acquireRunLock } from '../warehouse/run-lock.ts';
import { recentDurations } from '../warehouse/state/recent-durations.ts';
import { holderWords, lockLost, unitTestsNotRun } from './messages.ts';
import { runOperations } from './operations.ts';
import { publishTogether } from './publish-together.ts';
import { Reporting } from './reporting.ts';
import { countStatuses, runStatus } from './run-outcome.ts';
import { RunState } from './run-state.ts';
import { runSteps } from './run-steps.ts';
import type { RunTools } from './run-tools.ts';
import type { RunOutcome, Runtime } from './runtime.ts';
import { SessionPool } from './session-pool.ts';
import { StepExecutor } from './step-executor.ts';

/**
 * Carries a plan out: takes the run lock, ends what dead runs left, reads the catalog once, does the
 * steps, remembers how long they took, lets go. Everything that happens is emitted as events, up to
 * `runFinished`, also when the run is stopped. Throws CortexError (CX5030) when another run works on the
 * target, and when the database cannot be reached.
 */
export async function executePlan(plan: Plan, runtime: Runtime): Promise<RunOutcome> {
  const start = runtime.clock.monotonic();
  const reporting = new Reporting(runtime.emit, runtime.clock, plan.nodes);
  const lock = await takeLock(runtime, reporting);
  let status: RunOutcome['status'] | 'error' = 'error';
  try {
    const isWhole = await work(plan, { runtime, reporting, lock });
    const isCancelled = runtime.signal.aborted;
    const ended = runStatus(reporting.results, {
      isCancelled,
      hasErrors: !isWhole || hasErrors(reporting.diagnostics.filter(isOfRun)),
    });
    status = ended.status;
    const ms = runtime.clock.monotonic() - start;
    runtime.emit({
      type: 'runFinished',
      ms,
      ...ended,
      ...countStatuses(reporting.results, reporting.withheld),
    });
    return { ...ended, results: reporting.results, diagnostics: reporting.diagnostics };
  } finally {
    await lock.release(status);
  }
}

function isOfRun(diagnostic: { readonly node?: string }): boolean {
  return diagnostic.node === undefined;
}

async function takeLock(runtime: Runtime, reporting: Reporting): Promise<RunLock> {
  const { database, options, clock, signal, commandLine } = runtime;
  return acquireRunLock(database, {
    command: commandLine,
    wait: options.wait,
    clock,
    signal,
    onWait: (holder) => reporting.waiting(undefined, holderWords(holder)),
  });
}

interface Work {
  readonly runtime: Runtime;
  readonly reporting: Reporting;
  readonly lock: RunLock;
}

/** False when the project's own hooks failed. */
async function work(plan: Plan, { runtime, reporting, lock }: Work): Promise<boolean> {
  const { database, clock, signal, options } = runtime;
  const databases = databasesOf(plan, runtime);
  await createDatabases(databases, database);
  await using sessions = new SessionPool(database, clock);
  sessions.openFor(Math.min(options.threads, plan.steps.length));
  const [{ catalog, kept }, history, passedTests] = await Promise.all([
    endDeadRuns(database, { state: lock.state, databases, clock, signal }),
    lock.state.history(),
    lock.state.passedTests(),
  ]);
  const state = new RunState(runtime, {
    store: lock.state,
    history,
    passedTests,
    kept,
    catalog,
  });
  await using oldVersions = new OldVersions({
    sessions: sessions.swaps,
    clock,
    onStatement: (sql) => runtime.onStatement?.({ node: '', sql }),
  });
  const failFast = new AbortController();
  const stop = AbortSignal.any([signal, failFast.signal, lock.lost]);
  const tools: RunTools = {
    runtime,
    state,
    sessions,
    oldVersions,
    reporting,
    signal: stop,
    awaiting: [],
  };
  warnAboutUnitTests(plan, reporting);
  const executor = new StepExecutor(tools, failFast);
  const steps = ranked(plan.steps, state);
  const isReady = await runOperations('on-run-start', tools);
  if (isReady) {
    await runSteps(steps, executor, { threads: options.threads, signal: stop });
    await publishTogether(tools, isAllGood(tools));
  } else {
    for (const step of steps) executor.refused(step);
  }
  if (lock.lost.aborted) reporting.problems(lockLost(lock.lost.reason).diagnostics);
  await remember(tools);
  if (signal.aborted) return isReady;
  return (await runOperations('on-run-end', tools)) && isReady;
}

/** The order of the plan, ranked by how long its nodes took before. */
function ranked(steps: readonly Step[], state: RunState): readonly Step[] {
  const durations = new Map([...state.history].map(([id, { ms }]) => [id, ms]));
  return stepsInOrder(steps, durations);
}

function isAllGood(tools: RunTools): boolean {
  return (
    !tools.signal.aborted &&
    runStatus(tools.reporting.results, { isCancelled: false, hasErrors: false }).status ===
      'success'
  );
}

function warnAboutUnitTests(plan: Plan, reporting: Reporting): void {
  const count = plan.steps.filter(({ node }) => node.resourceType === 'unit_test').length;
  if (count > 0) reporting.problems([unitTestsNotRun(count)]);
}

/** The databases that the plan writes to, the target's own first. */
function databasesOf(plan: Plan, { database, options }: Runtime): readonly string[] {
  const storesByFlag = options.storeFailures;
  const written = plan.steps.flatMap(({ node, tests }) => [
    ...('relation' in node && node.resourceType !== 'test' ? [node.relation.database] : []),
    ...[node, ...tests.map(({ test }) => test)].flatMap((test) =>
      test.resourceType === 'test' && keepsFailures(test, storesByFlag)
        ? [test.relation.database]
        : [],
    ),
  ]);
  return [...new Set([database.database, ...written])];
}

function keepsFailures({ config }: TestNode, byFlag: boolean): boolean {
  return storageOf(config, byFlag, () => undefined) !== undefined;
}

async function createDatabases(names: readonly string[], database: Database): Promise<void> {
  const others = names.filter((name) => name !== database.database);
  if (others.length === 0) return;
  const rows = await database.control.query(
    `select schema_name as name from information_schema.schemata where schema_name in (${others.map((name) => literal(name)).join(', ')})`,
  );
  const standing = new Set(rows.map((row) => String(row['name'])));
  for (const name of others.filter((other) => !standing.has(other))) {
    await database.control.execute(
      `create database if not exists ${identifier(name)} character set utf8mb4 collate utf8mb4_unicode_ci`,
    );
  }
}

/** Keeps durations and row counts for the order and the progress of later runs. */
async function remember(tools: RunTools): Promise<void> {
  const { state, reporting, runtime } = tools;
  const isOrdinary = !runtime.options.fullRefresh && !runtime.options.empty;
  const nodes = reporting.results
    .filter((result) => result.status === 'success')
    .map(({ id, ms, rows }) => ({
      id,
      ms,
      recentMs: recentDurations(state.history.get(id)?.recentMs ?? [], ms, { isOrdinary }),
      ...(rows === undefined ? {} : { rows }),
      ...checksumOf(id, runtime),
    }));
  try {
    await state.store.recordNodes(runtime.database.runId, nodes);
  } catch (error) {
    if (!tools.signal.aborted && !(error instanceof CancelledError)) throw error;
  }
}

/** What was built on empty inputs is nothing that a later run could keep. */
function checksumOf(id: NodeId, { graph, options }: Runtime): { readonly checksum?: string } {
  const checksum = options.empty ? undefined : graph.manifest.nodes.get(id)?.checksum;
  return checksum === undefined ? {} : { checksum };
}
