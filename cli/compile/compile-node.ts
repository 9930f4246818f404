import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { CompiledNode } from '../manifest/compiled.ts';
import type { ModelNode, SnapshotNode } from '../manifest/node.ts';
import { compileTemplate, templateSource } from './compile-template.ts';
import type { CompileContext } from './context.ts';
import { compileScriptModel } from './script-inputs.ts';
import { isScriptModel } from '../manifest/script-model-node.ts';

/**
 * Evaluates the template of a model or snapshot and inlines its ephemeral parents. The SQL is one
 * statement without a semicolon or comment behind it, and empty for a blank model. Of a TypeScript model
 * it is what the model reads.
 */
export function compileNode(
  node: ModelNode | SnapshotNode,
  context: CompileContext,
): Outcome<CompiledNode> {
  const compiled = isScriptModel(node)
    ? compileScriptModel(node, context)
    : compileTemplate(templateSource(node), { packageName: node.packageName, node }, context);
  return outcome(
    { ...compiled.value, id: node.id },
    compiled.diagnostics.map((found) => ({ node: node.id, ...found })),
  );
}
