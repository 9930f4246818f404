import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { CompiledNode } from '../manifest/compiled.ts';
import type { ModelNode, SnapshotNode } from '../manifest/node.ts';
import { compileTemplate, templateSource } from './compile-template.ts';
import type { CompileContext } from './context.ts';

/**
 * Evaluates the template of a model or snapshot and inlines its ephemeral parents. The SQL is one
 * statement without a semicolon or comment behind it, and empty for a blank model.
 */
export function compileNode(
  node: ModelNode | SnapshotNode,
  context: CompileContext,
): Outcome<CompiledNode> {
  const compiled = compileTemplate(
    templateSource(node),
    { packageName: node.packageName, node },
    context,
  );
  return outcome(
    { id: node.id, ...compiled.value },
    compiled.diagnostics.map((found) => ({ node: node.id, ...found })),
  );
}
