import type { NodeId } from '../manifest/node-id.ts';
import type { Dependency } from './plan.ts';

/** The order between steps while a plan is being made: who must end before whom. Never a circle. */
export class OrderEdges {
  readonly #above = new Map<NodeId, Map<NodeId, Dependency['needs']>>();
  readonly #below = new Map<NodeId, Set<NodeId>>();

  /** An edge that is already there keeps what it needs. */
  add(before: NodeId, after: NodeId, needs: Dependency['needs']): void {
    const above = this.#above.get(after) ?? new Map<NodeId, Dependency['needs']>();
    if (!above.has(before)) above.set(before, needs);
    this.#above.set(after, above);
    const below = this.#below.get(before) ?? new Set<NodeId>();
    below.add(after);
    this.#below.set(before, below);
  }

  above(id: NodeId): readonly Dependency[] {
    return [...(this.#above.get(id) ?? [])].map(([before, needs]) => ({ id: before, needs }));
  }

  below(id: NodeId): Iterable<NodeId> {
    return this.#below.get(id) ?? [];
  }

  /** True when `to` comes after `from` by some chain of edges. */
  reaches(from: NodeId, to: NodeId): boolean {
    const seen = new Set<NodeId>([from]);
    const waiting = [from];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const next of this.below(id)) {
        if (next === to) return true;
        if (seen.has(next)) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
    return false;
  }
}
