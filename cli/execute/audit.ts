import { CancelledError } from '../kernel/errors.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { TestNode } from '../manifest/node.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { OwnedTest } from '../plan/plan.ts';
import type { PassedTests } from '../warehouse/state/passed-tests.ts';
import { testFailed } from './messages.ts';
import type { StoreLater, ViewLater } from './store-failures.ts';
import { dropFailures, storeFailures, viewFailures } from './store-failures.ts';
import type { TestEnd, TestLanesOptions } from './test-lanes.ts';
import { brokenTest, runTests } from './test-lanes.ts';

/** How the tests of a node went. */
export interface Audit {
  readonly run: number;
  readonly passed: number;
  /** Tests that keep the node from being published: failed with severity error, or could not run. */
  readonly failed: readonly TestNode[];
  /** Tests that every row passes, to be remembered once these are published. */
  readonly passes: PassedTests;
  readonly storeLater: readonly StoreLater[];
  readonly viewsLater: readonly ViewLater[];
}

export const NO_AUDIT: Audit = {
  run: 0,
  passed: 0,
  failed: [],
  passes: new Map(),
  storeLater: [],
  viewsLater: [],
};

export interface AuditOptions extends TestLanesOptions {
  readonly isInTransaction: boolean;
}

/**
 * Runs data tests and reports every one of them that has started, in their order. A stop of the run is
 * thrown once all of these are reported.
 */
export async function audit(tests: readonly OwnedTest[], options: AuditOptions): Promise<Audit> {
  let found = NO_AUDIT;
  const passes = new Map<NodeId, string>();
  let stopped: CancelledError | undefined;
  for (const ran of await runTests(tests, options)) {
    const { end, kept } = await withFailuresKept(ran, options);
    report(end, options);
    if (end.kind === 'skipped') continue;
    if (end.kind === 'broken' && end.error instanceof CancelledError) stopped ??= end.error;
    const hasFailed = isFailed(end);
    if (end.kind === 'ran' && end.run.passed !== undefined) passes.set(end.test.id, end.run.passed);
    found = {
      run: found.run + 1,
      passed: found.passed + (hasFailed ? 0 : 1),
      passes,
      failed: hasFailed ? [...found.failed, end.test] : found.failed,
      storeLater: [...found.storeLater, ...kept.storeLater],
      viewsLater: [...found.viewsLater, ...kept.viewsLater],
    };
  }
  if (stopped !== undefined) throw stopped;
  return found;
}

function isFailed({ result }: Exclude<TestEnd, { kind: 'skipped' }>): boolean {
  return result.status === 'fail' || result.status === 'error';
}

type Kept = Pick<Audit, 'storeLater' | 'viewsLater'>;

const NOTHING_KEPT: Kept = { storeLater: [], viewsLater: [] };

/** A test whose failing rows cannot be kept counts as one that could not run. */
async function withFailuresKept(
  end: TestEnd,
  options: AuditOptions,
): Promise<{ readonly end: TestEnd; readonly kept: Kept }> {
  if (end.kind !== 'ran') return { end, kept: NOTHING_KEPT };
  const { test, start, run } = end;
  options.tools.runtime.onCompiled?.(test.id, run.compiled.sql.text);
  try {
    return { end, kept: await keepFailures(test, run.compiled, isRed(end.result), options) };
  } catch (error) {
    const { session } = options;
    return { end: await brokenTest(error, { test, start, session }, options), kept: NOTHING_KEPT };
  }
}

function isRed({ status }: NodeResult): boolean {
  return status === 'fail' || status === 'warn';
}

/** What keeps the failing rows of a test where it asks for it, or drops those of an earlier run. */
async function keepFailures(
  test: TestNode,
  compiled: CompiledTest,
  isKept: boolean,
  { tools, session, isInTransaction }: AuditOptions,
): Promise<Kept> {
  if (isKept && compiled.storeFailures?.as === 'view') {
    return { storeLater: [], viewsLater: [viewFailures(test, session)] };
  }
  const { capabilities } = tools.runtime.database;
  const later = isKept
    ? await storeFailures(compiled, session, { capabilities, isInTransaction })
    : dropFailures(compiled, session, (relation) => tools.state.standing(relation) !== undefined);
  return { storeLater: later === undefined ? [] : [later], viewsLater: [] };
}

function report(end: TestEnd, { tools, owner, notes }: AuditOptions): void {
  const { reporting } = tools;
  switch (end.kind) {
    case 'ran': {
      const { status, message } = end.run.decision;
      if (status !== 'pass') {
        const isWarning = status === 'warn';
        const severity = isWarning ? 'warning' : 'error';
        reporting.problems([testFailed(end.test, { message, severity }, isWarning ? [] : notes)]);
      }
      reporting.testFinished(end.test, end.result, owner?.id);
      return;
    }
    case 'broken':
      reporting.problems(end.problems);
      reporting.testFinished(end.test, end.result, owner?.id);
      return;
    case 'skipped': {
      const finding = { status: 'skipped', message: `needs \`${end.because}\`` } as const;
      const result = reporting.resultOf(end.test, undefined, finding);
      reporting.testFinished(end.test, result, owner?.id);
    }
  }
}
