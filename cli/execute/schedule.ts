import type { NodeId } from '../manifest/node-id.ts';
import type { NodeStatus, TestStatus } from '../manifest/run-result.ts';
import type { Dependency, Step } from '../plan/plan.ts';

/** How a step ended, as far as other steps care. */
export interface StepEnd {
  readonly status: NodeStatus | TestStatus;
  /** False when an error-severity test of the node failed: what is below must not build on it. */
  readonly passed: boolean;
  /** For skipped steps: the step that is to blame. */
  readonly because?: NodeId;
}

export interface SkippedStep {
  readonly step: Step;
  readonly because: NodeId;
}

/** Which step may start, and which never will. Knows no clock and no database. */
export class Schedule {
  readonly #steps: ReadonlyMap<NodeId, Step>;
  readonly #below = new Map<NodeId, NodeId[]>();
  readonly #waitsFor = new Map<NodeId, number>();
  readonly #ends = new Map<NodeId, StepEnd>();
  /** Steps that may start, the most urgent last. */
  readonly #ready: Step[] = [];
  readonly #started = new Set<NodeId>();

  constructor(steps: readonly Step[]) {
    this.#steps = new Map(steps.map((step) => [step.id, step]));
    for (const step of steps) {
      this.#waitsFor.set(step.id, step.after.length);
      for (const { id } of step.after) {
        const below = this.#below.get(id);
        if (below === undefined) this.#below.set(id, [step.id]);
        else below.push(step.id);
      }
      if (step.after.length === 0) this.#admit(step);
    }
  }

  /** The most urgent step that may start now; it counts as started. */
  take(): Step | undefined {
    const step = this.#ready.pop();
    if (step !== undefined) this.#started.add(step.id);
    return step;
  }

  /** True while a step could start that nobody has taken. */
  get hasReady(): boolean {
    return this.#ready.length > 0;
  }

  get isDone(): boolean {
    return this.#ends.size === this.#steps.size;
  }

  /** The step that keeps something from being read, or `undefined` when all of `ids` were built. */
  blameFor(ids: readonly NodeId[]): NodeId | undefined {
    return firstBlame(ids.map((id) => this.#blame({ id, needs: 'built' })));
  }

  /** Notes the end of a step; answers with the steps that are skipped for it, in order. */
  finish(id: NodeId, end: StepEnd): readonly SkippedStep[] {
    const skipped: SkippedStep[] = [];
    const ended: [NodeId, StepEnd][] = [[id, end]];
    for (const [endedId, howItEnded] of ended) {
      this.#ends.set(endedId, howItEnded);
      for (const step of this.#released(endedId)) {
        const because = firstBlame(step.after.map((dependency) => this.#blame(dependency)));
        if (because === undefined) {
          this.#admit(step);
          continue;
        }
        skipped.push({ step, because });
        ended.push([step.id, { status: 'skipped', passed: false, because }]);
      }
    }
    return skipped;
  }

  /** Steps that have not started; they never will. */
  abandon(): readonly Step[] {
    const left = [...this.#steps.values()].filter(
      ({ id }) => !this.#started.has(id) && !this.#ends.has(id),
    );
    for (const { id } of left) this.#ends.set(id, { status: 'cancelled', passed: false });
    this.#ready.length = 0;
    return left;
  }

  /** Steps that waited for nothing but this one. */
  #released(id: NodeId): readonly Step[] {
    return (this.#below.get(id) ?? []).flatMap((below) => {
      const left = (this.#waitsFor.get(below) ?? 0) - 1;
      this.#waitsFor.set(below, left);
      const step = this.#steps.get(below);
      return left === 0 && step !== undefined && !this.#ends.has(below) ? [step] : [];
    });
  }

  #blame({ id, needs }: Dependency): NodeId | undefined {
    const end = this.#ends.get(id);
    if (end === undefined || needs === 'ended') return undefined;
    if (end.status === 'skipped' || end.status === 'cancelled') return end.because ?? id;
    if (this.#steps.get(id)?.node.config.on_error === 'continue') return undefined;
    const isBuilt = end.status !== 'error' && end.status !== 'fail';
    return isBuilt && (needs === 'built' || end.passed) ? undefined : id;
  }

  #admit(step: Step): void {
    let low = 0;
    let high = this.#ready.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ready[middle]?.criticalPath ?? 0) < step.criticalPath) low = middle + 1;
      else high = middle;
    }
    this.#ready.splice(low, 0, step);
  }
}

function firstBlame(blames: readonly (NodeId | undefined)[]): NodeId | undefined {
  return blames.find((blame) => blame !== undefined);
}
