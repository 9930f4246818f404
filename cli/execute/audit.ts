import type { CompileContext } from '../compile/context.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { CompiledTest } from '../manifest/compiled.ts';
import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { OwnedTest } from '../plan/plan.ts';
import { describeFailure } from './failure.ts';
import { testFailed } from './messages.ts';
import { columnsMeant } from './names-meant.ts';
import type { RunTools } from './run-tools.ts';
import { runTest } from './run-test.ts';
import type { StepContext } from './run-steps.ts';
import type { StepSession } from './step-session.ts';
import type { StoreLater, ViewLater } from './store-failures.ts';
import { dropFailures, storeFailures, viewFailures } from './store-failures.ts';

/** How the tests of a node went. */
export interface Audit {
  readonly run: number;
  readonly passed: number;
  /** Tests that keep the node from being published: failed with severity error, or could not run. */
  readonly failed: readonly TestNode[];
  readonly storeLater: readonly StoreLater[];
  readonly viewsLater: readonly ViewLater[];
}

export const NO_AUDIT: Audit = { run: 0, passed: 0, failed: [], storeLater: [], viewsLater: [] };

export interface AuditOptions {
  readonly tools: RunTools;
  readonly session: StepSession;
  readonly context: StepContext;
  readonly compileContext: CompileContext;
  readonly isInTransaction: boolean;
  /** What a failure means for what is published. */
  readonly notes: readonly string[];
  readonly owner?: ManifestNode;
}

/** Runs data tests one after the other on one session; every one of them is reported. */
export async function audit(tests: readonly OwnedTest[], options: AuditOptions): Promise<Audit> {
  let found = NO_AUDIT;
  for (const { test, needs } of tests) {
    const because = options.context.blameFor(needs);
    if (because === undefined) found = await auditOne(test, found, options);
    else skipTest(test, because, options);
  }
  return found;
}

async function auditOne(test: TestNode, soFar: Audit, options: AuditOptions): Promise<Audit> {
  const { tools, session, context } = options;
  const { reporting, runtime } = tools;
  const start = reporting.start(context.worker);
  try {
    const { compiled, decision } = await runTest(test, session, options.compileContext, {
      warnError: runtime.options.warnError === true,
    });
    runtime.onCompiled?.(test.id, compiled.sql.text);
    const kept = await keepFailures(test, { compiled, isRed: isRed(decision.status) }, options);
    if (decision.status !== 'pass') {
      const isWarning = decision.status === 'warn';
      const verdict = {
        message: decision.message,
        severity: isWarning ? 'warning' : 'error',
      } as const;
      reporting.problems([testFailed(test, verdict, isWarning ? [] : options.notes)]);
    }
    reporting.testFinished(
      test,
      reporting.resultOf(test, start, {
        status: decision.status,
        message: decision.message,
        failures: decision.failures,
        compiledSql: compiled.sql.text,
      }),
      options.owner?.id,
    );
    const hasFailed = decision.status === 'fail' || decision.status === 'error';
    return {
      run: soFar.run + 1,
      passed: soFar.passed + (hasFailed ? 0 : 1),
      failed: hasFailed ? [...soFar.failed, test] : soFar.failed,
      storeLater: [...soFar.storeLater, ...kept.storeLater],
      viewsLater: [...soFar.viewsLater, ...kept.viewsLater],
    };
  } catch (error) {
    if (error instanceof CancelledError) {
      const result = reporting.resultOf(test, start, { status: 'cancelled', message: 'cancelled' });
      reporting.testFinished(test, result, options.owner?.id);
      throw error;
    }
    const problems = describeFailure(error, test, session, {
      columns: await columnsMeant(error, test, {
        database: runtime.database,
        context: options.compileContext,
      }),
      notes: options.notes,
    });
    reporting.problems(problems);
    const message = problems[0]?.message ?? 'the test could not run';
    const result = reporting.resultOf(test, start, { status: 'error', message });
    reporting.testFinished(test, result, options.owner?.id);
    return { ...soFar, run: soFar.run + 1, failed: [...soFar.failed, test] };
  }
}

function isRed(status: NodeResult['status']): boolean {
  return status === 'fail' || status === 'warn';
}

/** What keeps the failing rows of a test where it asks for it, or drops those of an earlier run. */
async function keepFailures(
  test: TestNode,
  { compiled, isRed: isKept }: { readonly compiled: CompiledTest; readonly isRed: boolean },
  { tools, session, isInTransaction }: AuditOptions,
): Promise<Pick<Audit, 'storeLater' | 'viewsLater'>> {
  if (isKept && compiled.storeFailures?.as === 'view') {
    return { storeLater: [], viewsLater: [viewFailures(test, session)] };
  }
  const { capabilities } = tools.runtime.database;
  const later = isKept
    ? await storeFailures(compiled, session, { capabilities, isInTransaction })
    : dropFailures(compiled, session, (relation) => tools.state.standing(relation) !== undefined);
  return { storeLater: later === undefined ? [] : [later], viewsLater: [] };
}

function skipTest(test: TestNode, because: NodeId, options: AuditOptions): void {
  const { reporting } = options.tools;
  const finding = { status: 'skipped', message: `needs \`${because}\`` } as const;
  reporting.testFinished(test, reporting.resultOf(test, undefined, finding), options.owner?.id);
}
