import type { CompileContext } from '../compile/context.ts';
import type { Diagnostic } from '../kernel/diagnostic.ts';
import { plural } from '../kernel/format.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { outcome } from '../kernel/outcome.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { writeTextAtomically } from '../platform/fs.ts';
import { compileContext, readManifestCatalog } from './compile-context.ts';
import { compiledPath } from './compiled-path.ts';
import { compileInline, refuseInlineWithSelection } from './inline.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { openDatabase } from './open-database.ts';
import { explained, select } from './select.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';
import { writeManifest } from './write-artifacts.ts';

/** `cortex compile`: the SQL of selected nodes as files, or of `--inline` on standard output. */
export const compile: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    refuseInlineWithSelection(session.flags);
    const { manifest, graph } = await loadGraph(session);
    const { inline } = session.flags;
    const selection = inline === undefined ? await select(session, graph, 'compile') : undefined;
    if (selection !== undefined && explained(session, selection)) return EXIT.good;
    await using database = await openDatabase(session);
    const catalog = await readManifestCatalog(database, manifest);
    const context = compileContext(session, { manifest, database, catalog });
    if (inline !== undefined) {
      printSql(
        session,
        'inline',
        session.check(await compileInline(session, inline, context)).text,
      );
      return EXIT.good;
    }
    const compiled = session.check(await compileAll(manifest, selection?.ids ?? [], context));
    write(session, manifest, compiled);
    return EXIT.good;
  });

type CompiledSql = ReadonlyMap<NodeId, { readonly sql: RenderedSql }>;

/** Compiles models, snapshots and tests; all their problems are found before the command ends. */
async function compileAll(
  manifest: Manifest,
  ids: Iterable<NodeId>,
  context: CompileContext,
): Promise<Outcome<CompiledSql>> {
  const diagnostics: Diagnostic[] = [];
  const compiled = new Map<NodeId, { readonly sql: RenderedSql }>();
  for (const id of ids) {
    const node = manifest.nodes.get(id);
    const found = node === undefined ? undefined : await compileAny(node, context);
    if (found === undefined) continue;
    diagnostics.push(...found.diagnostics);
    compiled.set(id, found.value);
  }
  return outcome(compiled, diagnostics);
}

/** `undefined` for nodes that have no SQL. */
async function compileAny(
  node: ManifestNode,
  context: CompileContext,
): Promise<Outcome<{ readonly sql: RenderedSql }> | undefined> {
  if (node.resourceType === 'model' || node.resourceType === 'snapshot') {
    const { compileNode } = await import('../compile/compile-node.ts');
    return compileNode(node, context);
  }
  if (node.resourceType !== 'test') return undefined;
  const { compileTest } = await import('../compile/compile-test.ts');
  return compileTest(node, context);
}

function write(session: ProjectSession, manifest: Manifest, compiled: CompiledSql): void {
  for (const [id, { sql }] of compiled) {
    const node = manifest.nodes.get(id);
    if (node !== undefined)
      writeTextAtomically(session.targetFile(compiledPath(node)), `${sql.text.trim()}\n`);
    if (session.flags.output === 'json' || session.flags.json || compiled.size === 1) {
      printSql(session, id, sql.text);
    }
  }
  writeManifest(session, manifest, compiled);
  session.note(
    `compiled ${plural(compiled.size, 'node')} to ${session.project.targetPath}/compiled`,
  );
}

function printSql(session: ProjectSession, node: string, sql: string): void {
  const isJson = session.flags.output === 'json' || session.flags.json;
  session.print(isJson ? JSON.stringify({ node, compiled: sql.trim() }) : sql.trim());
}
