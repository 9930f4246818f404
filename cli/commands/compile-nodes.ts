import { compileNode } from '../compile/compile-node.ts';
import { compileTest } from '../compile/compile-test.ts';
import type { CompileContext } from '../compile/context.ts';
import { watchReads } from '../compile/watch-reads.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';

/** The SQL of nodes, and what it was made from beside the files of the project. */
export interface CompiledNodes {
  readonly sql: ReadonlyMap<NodeId, { readonly sql: Pick<RenderedSql, 'text'> }>;
  readonly environmentVariables: ReadonlySet<string>;
  /** Nodes to be compiled each time: they read the time of the run, or something is to be said about them. */
  readonly unsettled: readonly NodeId[];
}

/** Compiles models, snapshots and tests, and passes over other nodes; finds the problems of all. */
export function compileNodes(
  nodes: readonly ManifestNode[],
  context: CompileContext,
): Outcome<CompiledNodes> {
  const diagnostics: Diagnostic[] = [];
  const sql = new Map<NodeId, { readonly sql: Pick<RenderedSql, 'text'> }>();
  const environmentVariables = new Set<string>();
  const unsettled: NodeId[] = [];
  const watched = watchReads(context);
  for (const node of nodes) {
    const { id } = node;
    const found = compileAny(node, watched.context);
    if (found === undefined) continue;
    diagnostics.push(...found.diagnostics);
    // The origins of the characters are not kept: nobody maps a position back to a template here.
    sql.set(id, { sql: { text: found.value.sql.text } });
    const reads = watched.takeReads();
    for (const name of reads.environmentVariables) environmentVariables.add(name);
    if (reads.time || found.diagnostics.length > 0) unsettled.push(id);
  }
  return outcome({ sql, environmentVariables, unsettled }, diagnostics);
}

/** `undefined` for nodes that have no SQL. */
function compileAny(
  node: ManifestNode,
  context: CompileContext,
): Outcome<{ readonly sql: RenderedSql }> | undefined {
  if (node.resourceType === 'model' || node.resourceType === 'snapshot')
    return compileNode(node, context);
  return node.resourceType === 'test' ? compileTest(node, context) : undefined;
}

/** True for nodes that `compileNodes` gives SQL for. */
export function hasSql({ resourceType }: ManifestNode): boolean {
  return resourceType === 'model' || resourceType === 'snapshot' || resourceType === 'test';
}
