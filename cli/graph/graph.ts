import type { Manifest } from '../manifest/manifest.ts';
import type { NodeId } from '../manifest/node-id.ts';

/**
 * The nodes of a manifest and who depends on whom. Only enabled nodes take part; a test is a child of
 * what it tests. Asking for an id that the graph does not hold answers with nothing.
 */
export interface Graph {
  readonly manifest: Manifest;
  has(id: NodeId): boolean;
  /** Direct parents, in the order of the node's `dependsOn`. */
  parents(id: NodeId): readonly NodeId[];
  /** Direct children, tests included, in the order of the manifest. */
  children(id: NodeId): readonly NodeId[];
  /**
   * Everything above, up to `depth` steps (all by default; 0 is nothing). A start is part of the answer
   * only when it stands above another start.
   */
  ancestors(start: NodeId | Iterable<NodeId>, depth?: number): ReadonlySet<NodeId>;
  /** Everything below, tests included: as `ancestors`, the other way. */
  descendants(start: NodeId | Iterable<NodeId>, depth?: number): ReadonlySet<NodeId>;
  /** Every node after its parents; among equals in the order of the manifest. Nodes of a cycle come last. */
  topologicalOrder(): readonly NodeId[];
}
