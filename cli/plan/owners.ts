import type { Graph } from '../graph/graph.ts';
import type { TestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { OrderEdges } from './order-edges.ts';

/**
 * The one node whose new version a test decides about: the node it is attached to (else the first it
 * mentions), unless another node that the test reads is built after that one. What else the test reads
 * has to be built before the owner is tested, which becomes an edge of the order. Where such an edge
 * would close a circle, the test goes to the parent that comes last. `undefined` when no parent can own.
 */
export function assignOwner(
  test: TestNode,
  graph: Graph,
  edges: OrderEdges,
  canOwn: (id: NodeId) => boolean,
): NodeId | undefined {
  const parents = graph.parents(test.id).filter(canOwn);
  for (const owner of attachedFirst(test, parents)) {
    const others = parents.filter((parent) => parent !== owner);
    if (others.some((other) => edges.reaches(owner, other))) continue;
    for (const other of others) edges.add(other, owner, 'ended');
    return owner;
  }
  return undefined;
}

function attachedFirst(test: TestNode, parents: readonly NodeId[]): readonly NodeId[] {
  return parents.toSorted(
    (a, b) => Number(b === test.attachedNode) - Number(a === test.attachedNode),
  );
}
