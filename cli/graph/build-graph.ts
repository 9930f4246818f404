import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { findCycles } from './cycles.ts';
import type { Graph } from './graph.ts';
import { cycleFound } from './messages.ts';

/**
 * Links the nodes of a manifest into a graph. Parents that the manifest does not hold are left out
 * (whoever parsed has reported them). Each cycle is one error (CX3001); the graph is usable all the
 * same, its walks end.
 */
export function buildGraph(manifest: Manifest): Outcome<Graph> {
  const { parents, children } = link(manifest);
  const ids = [...manifest.nodes.keys()];
  const ordered = orderedNodes(ids, parents, children);
  const placed = new Set(ordered);
  const heldBack = ids.filter((id) => !placed.has(id));
  const order = [...ordered, ...heldBack];
  const graph: Graph = {
    manifest,
    has: (id) => manifest.nodes.has(id),
    parents,
    children,
    ancestors: (start, depth) => walk(start, depth, parents),
    descendants: (start, depth) => walk(start, depth, children),
    topologicalOrder: () => order,
  };
  const cycles = findCycles(heldBack, parents);
  return outcome(
    graph,
    cycles.map((cycle) => cycleFound(cycle, manifest.nodes)),
  );
}

type Neighbors = (id: NodeId) => readonly NodeId[];

const NOBODY: readonly NodeId[] = [];

function link({ nodes }: Manifest): { readonly parents: Neighbors; readonly children: Neighbors } {
  const parents = new Map<NodeId, readonly NodeId[]>();
  const children = new Map<NodeId, NodeId[]>();
  for (const { id, dependsOn } of nodes.values()) {
    const known = [...new Set(dependsOn)].filter((parent) => nodes.has(parent));
    parents.set(id, known);
    for (const parent of known) {
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [id]);
      else siblings.push(id);
    }
  }
  return {
    parents: (id) => parents.get(id) ?? NOBODY,
    children: (id) => children.get(id) ?? NOBODY,
  };
}

/** Breadth first from all starts at once; a start counts only when another leads to it. */
function walk(
  start: NodeId | Iterable<NodeId>,
  depth: number | undefined,
  next: Neighbors,
): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  let layer: Iterable<NodeId> = typeof start === 'string' ? [start] : start;
  for (let step = 0; step < (depth ?? Infinity); step += 1) {
    const nextLayer: NodeId[] = [];
    for (const id of layer) {
      for (const neighbor of next(id)) {
        if (found.has(neighbor)) continue;
        found.add(neighbor);
        nextLayer.push(neighbor);
      }
    }
    if (nextLayer.length === 0) break;
    layer = nextLayer;
  }
  return found;
}

/** Nodes after their parents, as many as no cycle holds back. */
function orderedNodes(
  ids: readonly NodeId[],
  parents: Neighbors,
  children: Neighbors,
): readonly NodeId[] {
  const waiting = new Map(ids.map((id) => [id, parents(id).length]));
  const order = ids.filter((id) => waiting.get(id) === 0);
  for (const id of order) {
    for (const child of children(id)) {
      const left = (waiting.get(child) ?? 0) - 1;
      waiting.set(child, left);
      if (left === 0) order.push(child);
    }
  }
  return order;
}
