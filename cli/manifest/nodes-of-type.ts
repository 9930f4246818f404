import type { ManifestNode } from './node.ts';
import type { NodeId, ResourceType } from './node-id.ts';

/**
 * The nodes of some types, in the order of the map. Of the others only the ids are looked at: what is
 * kept between commands is read from there node by node.
 */
export function nodesOfType<T extends ResourceType>(
  nodes: ReadonlyMap<NodeId, ManifestNode>,
  ...types: readonly T[]
): Extract<ManifestNode, { readonly resourceType: T }>[] {
  const wanted = new Set<string>(types);
  const found: ManifestNode[] = [];
  for (const id of nodes.keys()) {
    const node = wanted.has(id.slice(0, id.indexOf('.'))) ? nodes.get(id) : undefined;
    if (node !== undefined) found.push(node);
  }
  // An id begins with the type of its node.
  return found as Extract<ManifestNode, { readonly resourceType: T }>[];
}
