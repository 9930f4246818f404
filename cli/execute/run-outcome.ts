import type { StatusCounts } from '../events/run-event.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { NodeResult } from '../manifest/run-result.ts';
import type { RunOutcome } from './runtime.ts';

const BAD = new Set(['error', 'fail', 'skipped', 'cancelled']);

/** Exit code 1 when anything failed or was skipped, 130 when somebody stopped the run. */
export function runStatus(
  results: readonly NodeResult[],
  facts: { readonly isCancelled: boolean; readonly hasErrors: boolean },
): Pick<RunOutcome, 'status' | 'exitCode'> {
  if (facts.isCancelled) return { status: 'cancelled', exitCode: 130 };
  const isBad =
    facts.hasErrors || results.some((result) => !isExposure(result.id) && BAD.has(result.status));
  return isBad ? { status: 'failed', exitCode: 1 } : { status: 'success', exitCode: 0 };
}

/** Exposures are not built, and do not count. `withheld` are nodes that were built well and not published, because a test of theirs failed. */
export function countStatuses(
  results: readonly NodeResult[],
  withheld: ReadonlySet<NodeId>,
): {
  readonly nodes: StatusCounts;
  /** `nodes` by resource type. */
  readonly kinds: Readonly<Record<string, StatusCounts>>;
  readonly tests: StatusCounts;
  /** Nodes that a retry would run again. */
  readonly left: number;
} {
  const nodes: Record<string, number> = {};
  const kinds: Record<string, Record<string, number>> = {};
  const tests: Record<string, number> = {};
  let left = 0;
  for (const { id, status } of results) {
    if (isExposure(id)) continue;
    if (isTestId(id)) {
      count(tests, status);
      continue;
    }
    const word = withheld.has(id) ? 'withheld' : status;
    count(nodes, word);
    count((kinds[resourceTypeOf(id)] ??= {}), word);
    if (BAD.has(status)) left += 1;
  }
  return { nodes, kinds, tests, left };
}

function count(counts: Record<string, number>, word: string): void {
  counts[word] = (counts[word] ?? 0) + 1;
}

function resourceTypeOf(id: NodeId): string {
  return id.split('.', 1)[0] ?? '';
}

function isTestId(id: NodeId): boolean {
  return id.startsWith('test.') || id.startsWith('unit_test.');
}

function isExposure(id: NodeId): boolean {
  return id.startsWith('exposure.');
}
