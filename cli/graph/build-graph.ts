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
export async function buildGraph(manifest: Manifest): Promise<Outcome<Graph>> {
  const { DirectedGraph } = await import('graphology');
  const dag = new DirectedGraph();
  for (const id of manifest.nodes.keys()) dag.addNode(id);
  for (const node of manifest.nodes.values()) {
    for (const parent of node.dependsOn) {
      if (dag.hasNode(parent)) dag.mergeDirectedEdge(parent, node.id);
    }
  }

  const parents = (id: NodeId) => (dag.hasNode(id) ? dag.inNeighbors(id) : []);
  const children = (id: NodeId) => (dag.hasNode(id) ? dag.outNeighbors(id) : []);
  const ids = [...manifest.nodes.keys()];
  const ordered = orderedNodes(ids, parents, children);
  const placed = new Set(ordered);
  const heldBack = ids.filter((id) => !placed.has(id));
  const order = [...ordered, ...heldBack];
  const graph: Graph = {
    manifest,
    has: (id) => dag.hasNode(id),
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

/** Breadth first from all starts at once; a start counts only when another leads to it. */
function walk(
  start: NodeId | Iterable<NodeId>,
  depth: number | undefined,
  next: (id: NodeId) => readonly NodeId[],
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
  parents: (id: NodeId) => readonly NodeId[],
  children: (id: NodeId) => readonly NodeId[],
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
