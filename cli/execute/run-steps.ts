import type { NodeId } from '../manifest/node-id.ts';
import type { Step } from '../plan/plan.ts';
import type { StepEnd } from './schedule.ts';
import { Schedule } from './schedule.ts';

/** What a step may ask while it runs. */
export interface StepContext {
  /** Number of the worker, from 0: a worker runs one step at a time. */
  readonly worker: number;
  /** The step whose failure keeps one of these relations from being read. */
  blameFor(ids: readonly NodeId[]): NodeId | undefined;
  /** An idle worker that no step waits for; the step's own until it is given back. */
  borrow(): number | undefined;
  giveBack(worker: number): void;
}

/** Does the work that the schedule orders. `run` answers for failures; what it throws ends everything. */
export interface StepRunner {
  run(step: Step, context: StepContext): Promise<StepEnd>;
  skipped(step: Step, because: NodeId): void;
  /** The run was stopped before the step could start. */
  abandoned(step: Step): void;
}

/**
 * Runs steps on `threads` workers, each as soon as what it waits for has ended, the longest chain first.
 * When the signal aborts nothing more is started; steps under way are waited for.
 */
export async function runSteps(
  steps: readonly Step[],
  runner: StepRunner,
  options: { readonly threads: number; readonly signal: AbortSignal },
): Promise<void> {
  const { signal } = options;
  const schedule = new Schedule(steps);
  const idle = Array.from({ length: options.threads }, (_, worker) => worker).toReversed();
  const running = new Set<Promise<void>>();
  let wake = (): void => undefined;
  const abandonRest = (): void => {
    for (const step of schedule.abandon()) runner.abandoned(step);
  };
  const start = (step: Step, worker: number): void => {
    const context: StepContext = {
      worker,
      blameFor: (ids) => schedule.blameFor(ids),
      borrow: () => (signal.aborted || schedule.hasReady ? undefined : idle.pop()),
      giveBack: (borrowed) => {
        idle.push(borrowed);
        wake();
      },
    };
    const work = runner.run(step, context).then((end) => {
      idle.push(worker);
      running.delete(work);
      if (signal.aborted) abandonRest();
      for (const skip of schedule.finish(step.id, end)) runner.skipped(skip.step, skip.because);
    });
    running.add(work);
  };
  while (!schedule.isDone) {
    if (signal.aborted) abandonRest();
    while (idle.length > 0) {
      const step = schedule.take();
      if (step === undefined) break;
      start(step, idle.pop() ?? 0);
    }
    const givenBack = new Promise<void>((resolve) => (wake = resolve));
    if (running.size > 0) await Promise.race([...running, givenBack]);
  }
  await Promise.all(running);
}
