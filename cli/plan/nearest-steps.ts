import type { Graph } from '../graph/graph.ts';
import type { NodeId } from '../manifest/node-id.ts';

/**
 * For every node the steps that stand nearest above it. What lies between and is no step of the plan
 * (ephemeral or unselected nodes, sources) is seen through, so that order and skipping are kept across it.
 */
export function nearestSteps(
  graph: Graph,
  isStep: (id: NodeId) => boolean,
): (id: NodeId) => readonly NodeId[] {
  const found = new Map<NodeId, readonly NodeId[]>();
  for (const id of graph.topologicalOrder()) {
    const above = graph
      .parents(id)
      .flatMap((parent) => (isStep(parent) ? [parent] : (found.get(parent) ?? [])));
    found.set(id, above.length > 1 ? [...new Set(above)] : above);
  }
  return (id) => found.get(id) ?? [];
}
