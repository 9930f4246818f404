import type { ManifestNode, ModelNode } from './node.ts';
import type { ScriptDeclaration } from './script-declaration.ts';

/** A model whose rows code yields. */
export type ScriptModelNode = ModelNode & { readonly script: ScriptDeclaration };

export function isScriptModel(node: ManifestNode): node is ScriptModelNode {
  return node.resourceType === 'model' && node.script !== undefined;
}
