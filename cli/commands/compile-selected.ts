import type { Diagnostic } from '../kernel/diagnostic.ts';
import { plural } from '../kernel/format.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { writeTexts } from '../platform/fs.ts';
import { compileContext, databasesOf } from './compile-context.ts';
import type { CompileRecord } from './compile-record.ts';
import {
  forgetCompileRecord,
  isUnchanged,
  keepCompileRecord,
  outdatedNodes,
  readCompileRecord,
  requestOf,
} from './compile-record.ts';
import type { CompileServer } from './compile-server.ts';
import { compiledPath } from './compiled-path.ts';
import { loadGraph } from './load-graph.ts';
import { printSql, wantsJson } from './print-sql.ts';
import { explained, select } from './select.ts';
import type { ProjectSession } from './session.ts';
import { writeManifest } from './write-artifacts.ts';

/** Compiles the selected nodes to files, as far as the files of the last time do not hold any more. */
export async function compileSelected(
  session: ProjectSession,
  server: CompileServer,
): Promise<void> {
  const record = usableRecord(session);
  if (record !== undefined && (await isUnchanged(session, server, record))) {
    session.report(record.diagnostics);
    noteCompiled(session, record.count);
    return;
  }
  const reported = collectDiagnostics(session);
  const { manifest, graph, environmentVariables } = await loadGraph(session);
  const selection = await select(session, graph, 'compile');
  if (explained(session, selection)) return;
  const { compileNodes, hasSql } = await import('./compile-nodes.ts');
  const nodes = [...selection.ids].flatMap((id) => manifest.nodes.get(id) ?? []).filter(hasSql);
  const database = await server.facts();
  const catalog = await server.catalog(databasesOf(manifest));
  const request = requestOf(session, { nodes, manifest, database, catalog });
  const outdated = record && outdatedNodes(session, { record, request, graph });
  const fresh = outdated === undefined ? nodes : nodes.filter(({ id }) => outdated.has(id));
  const found = compileNodes(fresh, compileContext(session, { manifest, database, catalog }));
  const { sql, ...reads } = session.check(found);

  forgetCompileRecord(session);
  if (session.flags.write) {
    writeTexts(
      fresh.map((node) => [
        session.targetFile(compiledPath(node)),
        `${sql.get(node.id)?.sql.text.trim() ?? ''}\n`,
      ]),
    );
    writeManifest(session, manifest, sql, outdated && ((id) => !outdated.has(id)));
  }
  keepCompileRecord(session, request, {
    unsettled: reads.unsettled,
    environmentVariables: [
      ...environmentVariables,
      ...reads.environmentVariables,
      ...Object.keys(outdated === undefined ? {} : (record?.environment ?? {})),
    ],
    files:
      outdated === undefined ? filesOf(session.flags.write ? nodes : []) : (record?.files ?? {}),
    diagnostics: reported,
  });
  print(session, nodes, sql);
  noteCompiled(session, nodes.length);
}

/** SQL that is printed too is compiled each time. */
function usableRecord(session: ProjectSession): CompileRecord | undefined {
  if (wantsJson(session) || session.flags.explainSelection) return undefined;
  const record = readCompileRecord(session);
  return record?.count === 1 ? undefined : record;
}

/** Everything that is reported from now on. */
function collectDiagnostics(session: ProjectSession): readonly Diagnostic[] {
  const collected: Diagnostic[] = [];
  session.addReporter({
    report: (event) => {
      if (event.type === 'diagnostic') collected.push(event.diagnostic);
    },
    close: () => undefined,
  });
  return collected;
}

function filesOf(nodes: readonly ManifestNode[]): CompileRecord['files'] {
  const files: Record<string, string[]> = {};
  for (const node of nodes) {
    const path = compiledPath(node);
    const slash = path.lastIndexOf('/');
    (files[path.slice(0, slash)] ??= []).push(path.slice(slash + 1));
  }
  return files;
}

function print(
  session: ProjectSession,
  nodes: readonly ManifestNode[],
  sql: ReadonlyMap<string, { readonly sql: { readonly text: string } }>,
): void {
  if (!wantsJson(session) && nodes.length !== 1) return;
  for (const { id } of nodes) printSql(session, id, sql.get(id)?.sql.text ?? '');
}

function noteCompiled(session: ProjectSession, count: number): void {
  const place = session.flags.write ? ` to ${session.project.targetPath}/compiled` : '';
  session.note(`compiled ${plural(count, 'node')}${place}`);
}
