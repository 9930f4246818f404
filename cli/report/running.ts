import type { NodeDescription, RunEvent } from '../events/run-event.ts';
import { plural } from '../kernel/format.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { syncDetails } from './sync-detail.ts';

export interface RunningStep {
  readonly node: NodeDescription;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  /** What it does, in words: from the longest to the shortest that says enough. */
  readonly details: readonly string[];
}

/** Which steps are going now, in the order they started. */
export class RunningSteps {
  readonly #steps = new Map<NodeId, RunningStep>();

  apply(event: RunEvent, now: number): void {
    if (event.type === 'nodeStarted') {
      this.#steps.set(event.node.id, { node: event.node, startedAt: now, details: [''] });
    } else if (event.type === 'nodeProgress') {
      const step = this.#steps.get(event.node);
      if (step !== undefined)
        this.#steps.set(event.node, { ...step, details: progressTexts(event) });
    } else if (event.type === 'nodeFinished' || event.type === 'testFinished') {
      this.#steps.delete(event.node.id);
    } else if (event.type === 'runFinished') {
      this.#steps.clear();
    }
  }

  [Symbol.iterator](): Iterator<RunningStep> {
    return this.#steps.values();
  }
}

function progressTexts(event: Extract<RunEvent, { type: 'nodeProgress' }>): RunningStep['details'] {
  const { detail, rows, expectedRows, sync } = event;
  if (sync !== undefined && detail === '') return syncDetails(sync, rows ?? 0);
  if (rows === undefined) return [detail];
  const share = expectedRows ? ` (${Math.min(99, Math.floor((rows / expectedRows) * 100))} %)` : '';
  const counted = `${plural(rows, 'row')}${share}`;
  // What a stream waits for matters more than how far it is.
  return sync === undefined
    ? [`${detail} ${counted}`.trimStart()]
    : [`${detail}, ${counted}`, detail];
}
