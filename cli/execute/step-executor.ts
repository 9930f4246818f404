import type { ModelNode, SeedNode, TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { Step } from '../plan/plan.ts';
import { audit } from './audit.ts';
import { BuildStep } from './build-step.ts';
import { describeFailure } from './failure.ts';
import { notRunnable } from './messages.ts';
import { isTest } from './reporting.ts';
import type { RunTools } from './run-tools.ts';
import { stepSession } from './run-tools.ts';
import type { StepContext, StepRunner } from './run-steps.ts';
import type { StepEnd } from './schedule.ts';

const GOOD: StepEnd = { status: 'success', passed: true };

/** Does the steps of a plan on the database. */
export class StepExecutor implements StepRunner {
  readonly #tools: RunTools;
  readonly #failFast: AbortController;

  constructor(tools: RunTools, failFast: AbortController) {
    this.#tools = tools;
    this.#failFast = failFast;
  }

  async run(step: Step, context: StepContext): Promise<StepEnd> {
    const because = this.#tools.runtime.blocked?.get(step.id);
    if (because !== undefined) {
      this.skipped(step, because);
      return { status: 'skipped', passed: false, because };
    }
    const end = await this.#runKind(step, context);
    const hasFailed = end.status === 'error' || end.status === 'fail' || !end.passed;
    if (hasFailed && this.#tools.runtime.options.failFast) this.#failFast.abort();
    return end;
  }

  skipped(step: Step, because: NodeId): void {
    this.#notRun(step, 'skipped', `needs \`${because}\``, because);
  }

  abandoned(step: Step): void {
    const isStopped = this.#tools.runtime.signal.aborted;
    if (isStopped) this.#notRun(step, 'cancelled', 'cancelled');
    else this.#notRun(step, 'skipped', 'skipped after the first failure (`--fail-fast`)');
  }

  /** The run cannot start its steps: a hook of the project failed. */
  refused(step: Step): void {
    this.#notRun(step, 'skipped', 'skipped: an `on-run-start` hook failed');
  }

  async #runKind(step: Step, context: StepContext): Promise<StepEnd> {
    const { node } = step;
    if (node.resourceType === 'model' || node.resourceType === 'seed') {
      return this.#build(step, node, context);
    }
    if (node.resourceType === 'test') return this.#testAlone(node, context);
    const isNoted = node.resourceType === 'exposure' || node.resourceType === 'unit_test';
    return isNoted ? this.#note(step) : this.#refuse(step);
  }

  async #build(step: Step, node: ModelNode | SeedNode, context: StepContext): Promise<StepEnd> {
    return new BuildStep(step, node, context, this.#tools).run();
  }

  async #testAlone(test: TestNode, context: StepContext): Promise<StepEnd> {
    const { sessions, state, reporting } = this.#tools;
    reporting.started(test);
    try {
      const connection = await sessions.forWorker(context.worker);
      const session = stepSession(this.#tools, test.id, connection);
      const compileContext = state.compileContext();
      const { failed, storeLater, viewsLater } = await audit([{ test, needs: [] }], {
        tools: this.#tools,
        session,
        context,
        compileContext,
        isInTransaction: false,
        isSeenByOthers: true,
        notes: [],
      });
      for (const store of storeLater) await store();
      for (const view of viewsLater) await view(compileContext);
      return failed.length === 0 ? GOOD : { status: 'fail', passed: false };
    } catch (error) {
      if (!(error instanceof CancelledError))
        reporting.problems(describeFailure(error, test, undefined));
      return { status: 'error', passed: false };
    }
  }

  /** Exposures are not built; their turn only shows that what they read is there. */
  #note(step: Step): StepEnd {
    const { reporting } = this.#tools;
    const result = reporting.resultOf(step.node, undefined, { status: 'no-op', message: 'NO-OP' });
    if (isTest(step.node)) reporting.testFinished(step.node, result);
    else {
      reporting.nodeFinished(step.node, result, { action: 'none', tests: { passed: 0, run: 0 } });
    }
    return { status: 'no-op', passed: true };
  }

  #refuse(step: Step): StepEnd {
    const { reporting } = this.#tools;
    const problem = notRunnable(step.node);
    reporting.problems(problem.diagnostics);
    const finding = { status: 'error', message: problem.message } as const;
    const result = reporting.resultOf(step.node, undefined, finding);
    reporting.nodeFinished(step.node, result, { action: 'none', tests: { passed: 0, run: 0 } });
    return { status: 'error', passed: false };
  }

  #notRun(step: Step, status: 'skipped' | 'cancelled', message: string, because?: NodeId): void {
    const { reporting } = this.#tools;
    for (const { test } of step.tests) {
      const result = reporting.resultOf(test, undefined, { status, message });
      reporting.testFinished(test, result, step.id);
    }
    reporting.notRun(step.node, status, message, because);
  }
}
