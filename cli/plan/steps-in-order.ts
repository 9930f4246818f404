import { median } from '../kernel/median.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { Step } from './plan.ts';

type UnrankedStep = Omit<Step, 'criticalPath'>;

/** What a node is taken to last, in milliseconds, when nothing is known about any node. */
const UNKNOWN_MS = 1000;

/** Every step after those it waits for, each with the length of the longest chain that starts with it. */
export function stepsInOrder(
  steps: readonly UnrankedStep[],
  durations: ReadonlyMap<NodeId, number>,
): readonly Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const below = new Map<NodeId, NodeId[]>(steps.map((step) => [step.id, []]));
  for (const step of steps) for (const { id } of step.after) below.get(id)?.push(step.id);
  const order = ordered(steps, below);
  const usual = median([...durations.values()]) ?? UNKNOWN_MS;
  const criticalPath = new Map<NodeId, number>();
  for (const id of order.toReversed()) {
    const longest = Math.max(
      0,
      ...(below.get(id) ?? []).map((next) => criticalPath.get(next) ?? 0),
    );
    criticalPath.set(id, longest + (durations.get(id) ?? usual));
  }
  return order.flatMap((id) => {
    const step = byId.get(id);
    return step === undefined ? [] : [{ ...step, criticalPath: criticalPath.get(id) ?? 0 }];
  });
}

function ordered(
  steps: readonly UnrankedStep[],
  below: ReadonlyMap<NodeId, readonly NodeId[]>,
): readonly NodeId[] {
  const waitsFor = new Map(steps.map((step) => [step.id, step.after.length]));
  const order = steps.filter((step) => step.after.length === 0).map((step) => step.id);
  for (const id of order) {
    for (const next of below.get(id) ?? []) {
      const left = (waitsFor.get(next) ?? 0) - 1;
      waitsFor.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  return order;
}
