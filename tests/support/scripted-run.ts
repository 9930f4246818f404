import type { NodeId } from '../../cli/manifest/node-id.ts';
import type { Plan, Step } from '../../cli/plan/plan.ts';
import type { StepContext, StepRunner } from '../../cli/execute/run-steps.ts';
import { runSteps } from '../../cli/execute/run-steps.ts';
import type { StepEnd } from '../../cli/execute/schedule.ts';

export interface ScriptedRun {
  /** One status for every node and test of the plan. */
  readonly statuses: ReadonlyMap<NodeId, string>;
  /** Steps in the order in which they began, and in which they ended. */
  readonly order: readonly { readonly id: NodeId; readonly what: 'start' | 'end' }[];
  /** Ids that were given a status more than once. */
  readonly repeated: readonly NodeId[];
}

/** Drives the real scheduler over steps that end as `outcomes` say; all others succeed. */
export async function scriptedRun(
  plan: Plan,
  outcomes: Readonly<Record<NodeId, string>>,
  options: {
    readonly threads?: number;
    readonly pause?: (id: NodeId) => Promise<void>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<ScriptedRun> {
  const statuses = new Map<NodeId, string>();
  const repeated: NodeId[] = [];
  const order: { id: NodeId; what: 'start' | 'end' }[] = [];
  const note = (id: NodeId, status: string): void => {
    if (statuses.has(id)) repeated.push(id);
    statuses.set(id, status);
  };
  const leave = (step: Step, status: string): void => {
    for (const { test } of step.tests) note(test.id, status);
    note(step.id, status);
  };
  const runner: StepRunner = {
    async run(step, context) {
      order.push({ id: step.id, what: 'start' });
      await options.pause?.(step.id);
      order.push({ id: step.id, what: 'end' });
      return endOf(step, context);
    },
    skipped: (step) => leave(step, 'skipped'),
    abandoned: (step) => leave(step, 'cancelled'),
  };
  await runSteps(plan.steps, runner, {
    threads: options.threads ?? 4,
    signal: options.signal ?? new AbortController().signal,
  });
  return { statuses, order, repeated };

  function endOf(step: Step, context: StepContext): StepEnd {
    const status = outcomes[step.id] ?? goodStatus(step);
    note(step.id, status);
    const isBuilt = status !== 'error';
    const tests = step.tests.map(({ test, needs }) => {
      const isSkipped = !isBuilt || context.blameFor(needs) !== undefined;
      const found = isSkipped ? 'skipped' : (outcomes[test.id] ?? 'pass');
      note(test.id, found);
      return found;
    });
    const passed =
      !['error', 'fail'].includes(status) &&
      !tests.some((found) => ['error', 'fail'].includes(found));
    return { status: status as StepEnd['status'], passed };
  }
}

function goodStatus({ node }: Step): string {
  if (node.resourceType === 'exposure') return 'no-op';
  return ['test', 'unit_test'].includes(node.resourceType) ? 'pass' : 'success';
}
