import type { CompileContext } from '../compile/context.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { OwnedTest } from '../plan/plan.ts';
import { describeFailure } from './failure.ts';
import { columnsMeant } from './names-meant.ts';
import type { Passes } from './passes.ts';
import type { Start } from './reporting.ts';
import { isLost } from './retry.ts';
import type { StepContext } from './run-steps.ts';
import type { RunTools } from './run-tools.ts';
import { stepSession } from './run-tools.ts';
import type { TestRun } from './run-test.ts';
import { runTest } from './run-test.ts';
import type { StepSession } from './step-session.ts';

export interface TestLanesOptions {
  readonly tools: RunTools;
  /** The session that built what is tested. */
  readonly session: StepSession;
  readonly context: StepContext;
  readonly compileContext: CompileContext;
  /** False when only this session sees what is tested: an open transaction, what hooks have set. */
  readonly isSeenByOthers: boolean;
  /** What a failure means for what is published. */
  readonly notes: readonly string[];
  readonly owner?: ManifestNode;
  /** What was known of the tests before. */
  readonly passes?: Passes | undefined;
}

/** How a test went; nobody was told yet. */
export type TestEnd =
  | {
      readonly kind: 'ran';
      readonly test: TestNode;
      readonly start: Start;
      readonly run: TestRun;
      readonly result: NodeResult;
    }
  | {
      readonly kind: 'broken';
      readonly test: TestNode;
      readonly result: NodeResult;
      readonly problems: readonly Diagnostic[];
      readonly error: unknown;
    }
  | { readonly kind: 'skipped'; readonly test: TestNode; readonly because: NodeId };

interface Lane {
  readonly worker: number;
  readonly session: StepSession;
}

/**
 * Runs data tests on the session of their step and, where others see what is tested, at the same time on
 * workers that no step waits for. The answer is in the order of the tests, without those that a stop of
 * the run kept from starting. Every statement has ended when it is given, so that nothing holds the
 * tested relation any more.
 */
export async function runTests(
  tests: readonly OwnedTest[],
  options: TestLanesOptions,
): Promise<readonly TestEnd[]> {
  const ends: (TestEnd | undefined)[] = tests.map(({ test, needs }) => {
    const because = options.context.blameFor(needs);
    return because === undefined ? undefined : { kind: 'skipped', test, because };
  });
  const waiting = [...tests.entries()].filter(([index]) => ends[index] === undefined).toReversed();
  const runNext = async (lane: Lane): Promise<void> => {
    const [index, { test }] = waiting.pop() ?? [-1, {}];
    if (test !== undefined) ends[index] = await runOne(test, lane, options);
  };
  const helpers = new Set<Promise<void>>();
  while (waiting.length > 0 && !options.tools.signal.aborted) {
    for (let spare = waiting.length - 1; options.isSeenByOthers && spare > 0; spare -= 1) {
      const worker = options.context.borrow();
      if (worker === undefined) break;
      helpers.add(help(worker, () => waiting.length > 0, runNext, options));
    }
    await runNext({ worker: options.context.worker, session: options.session });
  }
  await Promise.all(helpers);
  return ends.filter((end) => end !== undefined);
}

/** Runs tests on a borrowed worker until none is left or a step wants it. */
async function help(
  borrowed: number,
  isNeeded: () => boolean,
  runNext: (lane: Lane) => Promise<void>,
  { tools, context, session }: TestLanesOptions,
): Promise<void> {
  let worker: number | undefined = borrowed;
  while (worker !== undefined) {
    const isDone: boolean = await helpOnce(worker, runNext, { tools, session });
    context.giveBack(worker);
    worker = isDone && isNeeded() && !tools.signal.aborted ? context.borrow() : undefined;
  }
}

/** False when there was no session to be had: the step has one of its own, and does the tests alone. */
async function helpOnce(
  worker: number,
  runNext: (lane: Lane) => Promise<void>,
  { tools, session }: Pick<TestLanesOptions, 'tools' | 'session'>,
): Promise<boolean> {
  const connection = await tools.sessions.forWorker(worker).catch(() => undefined);
  if (connection === undefined || tools.signal.aborted) return false;
  await runNext({ worker, session: stepSession(tools, session.node, connection) });
  return true;
}

async function runOne(test: TestNode, lane: Lane, options: TestLanesOptions): Promise<TestEnd> {
  const { reporting, runtime } = options.tools;
  const start = reporting.start(lane.worker);
  try {
    const run = await runTest(test, lane.session, options.compileContext, {
      warnError: runtime.options.warnError === true,
      passes: options.passes,
    });
    const { status, message, failures } = run.decision;
    const compiledSql = run.compiled.sql.text;
    const result = reporting.resultOf(test, start, { status, message, failures, compiledSql });
    return { kind: 'ran', test, start, run, result };
  } catch (error) {
    const end = await brokenTest(error, { test, start, session: lane.session }, options);
    const isBorrowed = lane.session !== options.session;
    if (isBorrowed && isLost(error)) await options.tools.sessions.discard(lane.worker);
    return end;
  }
}

/** The end of a test that could not run, or was stopped. */
export async function brokenTest(
  error: unknown,
  of: { readonly test: TestNode; readonly start: Start; readonly session: StepSession },
  { tools, compileContext, notes }: TestLanesOptions,
): Promise<TestEnd> {
  const { reporting, runtime } = tools;
  const { test, start, session } = of;
  if (error instanceof CancelledError) {
    const result = reporting.resultOf(test, start, { status: 'cancelled', message: 'cancelled' });
    return { kind: 'broken', test, result, problems: [], error };
  }
  const problems = describeFailure(error, test, session, {
    columns: await columnsMeant(error, test, {
      database: runtime.database,
      context: compileContext,
    }),
    notes,
  });
  const message = problems[0]?.message ?? 'the test could not run';
  const result = reporting.resultOf(test, start, { status: 'error', message });
  return { kind: 'broken', test, result, problems, error };
}
