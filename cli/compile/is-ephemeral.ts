import type { ManifestNode, ModelNode } from '../manifest/node.ts';

/** True for models that stand in no database: they are written into those that read them. */
export function isEphemeral(node: ManifestNode): node is ModelNode {
  return node.resourceType === 'model' && node.config.materialized === 'ephemeral';
}
