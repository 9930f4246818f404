import type { Manifest } from '../../manifest/manifest.ts';
import type { ModelNode, SeedNode, SnapshotNode } from '../../manifest/node.ts';

/** What metrics can be read of. */
export type Judged = ModelNode | SeedNode | SnapshotNode;

export function judgedNodes({ nodes }: Manifest): readonly Judged[] {
  return [...nodes.values()].filter(
    (node) =>
      node.resourceType === 'model' ||
      node.resourceType === 'seed' ||
      node.resourceType === 'snapshot',
  );
}
