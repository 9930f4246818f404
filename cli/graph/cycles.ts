import type { NodeId } from '../manifest/node-id.ts';

type Neighbors = (id: NodeId) => readonly NodeId[];

/** More are not reported at once: a tangle has more cycles than anybody reads. */
const MOST_CYCLES = 20;

/**
 * Cycles of a graph, each as the nodes along it in the direction of `next`, the first not repeated.
 * Each is a shortest one through its first node; breaking the last step of every cycle found (of the
 * first twenty) leaves no other.
 */
export function findCycles(ids: readonly NodeId[], next: Neighbors): NodeId[][] {
  const cut = new Set<string>();
  const remaining: Neighbors = (id) => {
    const all = next(id);
    return cut.size === 0 ? all : all.filter((other) => !cut.has(edgeKey(id, other)));
  };
  const cycles: NodeId[][] = [];
  const tangles = stronglyConnected(ids, remaining);
  while (cycles.length < MOST_CYCLES) {
    const tangle = tangles.pop();
    if (tangle === undefined) break;
    const cycle = shortestCycle(tangle, remaining);
    cycles.push(cycle);
    cut.add(edgeKey(cycle.at(-1) ?? '', cycle[0] ?? ''));
    tangles.push(...stronglyConnected(tangle, remaining));
  }
  return cycles;
}

function edgeKey(from: NodeId, to: NodeId): string {
  return `${from}\u0000${to}`;
}

/** The shortest way from the first node of a tangle back to itself. */
function shortestCycle(tangle: readonly NodeId[], next: Neighbors): NodeId[] {
  const inside = new Set(tangle);
  const start = tangle[0] ?? '';
  const cameFrom = new Map<NodeId, NodeId>();
  const queue = [start];
  for (const id of queue) {
    for (const other of next(id)) {
      if (other === start) return pathTo(id, start, cameFrom);
      if (!inside.has(other) || cameFrom.has(other)) continue;
      cameFrom.set(other, id);
      queue.push(other);
    }
  }
  return [start];
}

function pathTo(end: NodeId, start: NodeId, cameFrom: ReadonlyMap<NodeId, NodeId>): NodeId[] {
  const path = [end];
  for (let id = end; id !== start;) {
    id = cameFrom.get(id) ?? start;
    path.push(id);
  }
  return path.reverse();
}

/**
 * Sets of nodes that reach each other (Tarjan, without recursion: chains may be long), each in the
 * order of `ids`; single nodes only when they lead to themselves. The first set comes last.
 */
function stronglyConnected(ids: readonly NodeId[], next: Neighbors): NodeId[][] {
  const position = new Map(ids.map((id, index) => [id, index]));
  const index = new Map<NodeId, number>();
  const low = new Map<NodeId, number>();
  const onStack = new Set<NodeId>();
  const stack: NodeId[] = [];
  const found: NodeId[][] = [];
  const enter = (id: NodeId) => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    stack.push(id);
    onStack.add(id);
    return { id, neighbors: next(id).filter((other) => position.has(other)), at: 0 };
  };
  const lower = (id: NodeId, value: number) => low.set(id, Math.min(low.get(id) ?? value, value));
  const leave = (id: NodeId) => {
    if (low.get(id) !== index.get(id)) return;
    const members = stack.splice(stack.lastIndexOf(id));
    for (const member of members) onStack.delete(member);
    if (members.length > 1 || next(id).includes(id)) {
      found.push(members.sort((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0)));
    }
  };
  for (const root of ids) {
    if (index.has(root)) continue;
    const calls = [enter(root)];
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const other = call.neighbors[call.at];
      call.at += 1;
      if (other === undefined) {
        calls.pop();
        leave(call.id);
        const caller = calls.at(-1);
        if (caller !== undefined) lower(caller.id, low.get(call.id) ?? 0);
      } else if (!index.has(other)) {
        calls.push(enter(other));
      } else if (onStack.has(other)) {
        lower(call.id, index.get(other) ?? 0);
      }
    }
  }
  return found.sort((a, b) => (position.get(b[0] ?? '') ?? 0) - (position.get(a[0] ?? '') ?? 0));
}
