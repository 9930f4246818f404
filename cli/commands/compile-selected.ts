import type { Diagnostic } from '../kernel/diagnostic.ts';
import { plural } from '../kernel/format.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import { writeTexts } from '../platform/fs.ts';
import { compileContext, databasesOf } from './compile-context.ts';
import type { CompiledNodes } from './compile-nodes.ts';
import type { CompileRecord } from './compile-record.ts';
import {
  forgetCompileRecord,
  isUnchanged,
  keepCompileRecord,
  outdatedNodes,
  readCompileRecord,
  stillHolds,
  updateCompileRecord,
} from './compile-record.ts';
import type { CompileServer } from './compile-server.ts';
import { compiledPath } from './compiled-path.ts';
import type { LoadedManifest } from './load-graph.ts';
import { linkGraph, loadManifest } from './load-graph.ts';
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
    session.report([...record.reported.parsing, ...record.reported.selecting]);
    noteCompiled(session, record.count);
    return;
  }
  const reported = collectDiagnostics(session);
  const loaded = loadManifest(session);
  const parsing = [...reported];
  const outdated = record && outdatedNodes(record, loaded.manifest);
  if (record !== undefined && outdated !== undefined && (await stillHolds(session, server, record)))
    await compileOutdated(session, server, { record, outdated, loaded, parsing });
  else await compileAll(session, server, { loaded, parsing });
}

interface Begun {
  readonly loaded: LoadedManifest;
  /** What was reported while the project was parsed. */
  readonly parsing: readonly Diagnostic[];
}

/** Compiles again what the texts of models have outdated; all other files stay as they are. */
async function compileOutdated(
  session: ProjectSession,
  server: CompileServer,
  begun: Begun & { readonly record: CompileRecord; readonly outdated: ReadonlySet<NodeId> },
): Promise<void> {
  const { record, outdated, loaded } = begun;
  const { manifest } = loaded;
  const { selecting } = record.reported;
  session.report(selecting);
  const nodes = [...outdated].flatMap((id) => manifest.nodes.get(id) ?? []);
  const { sql, ...reads } = await compileNow(session, server, {
    manifest,
    nodes,
    databases: record.databases,
  });
  forgetCompileRecord(session);
  write(session, manifest, { nodes, sql, isAsBefore: (id) => !outdated.has(id) });
  updateCompileRecord(session, record, {
    manifest,
    unsettled: reads.unsettled,
    environmentVariables: [...loaded.environmentVariables, ...reads.environmentVariables],
    reported: { parsing: begun.parsing, selecting },
  });
  noteCompiled(session, record.count);
}

async function compileAll(
  session: ProjectSession,
  server: CompileServer,
  { loaded, parsing }: Begun,
): Promise<void> {
  const { manifest } = loaded;
  const selecting = collectDiagnostics(session);
  const selection = await select(session, await linkGraph(session, manifest), 'compile');
  if (explained(session, selection)) return;
  const { hasSql } = await import('./compile-nodes.ts');
  const nodes = [...selection.ids].flatMap((id) => manifest.nodes.get(id) ?? []).filter(hasSql);
  const reported = { parsing, selecting: [...selecting] };
  const databases = databasesOf(manifest);
  const { sql, ...reads } = await compileNow(session, server, { manifest, nodes, databases });
  forgetCompileRecord(session);
  write(session, manifest, { nodes, sql });
  keepCompileRecord(session, {
    manifest,
    server: await server.facts(),
    catalog: await server.catalog(databases),
    selected: new Set(nodes.map(({ id }) => id)),
    unsettled: reads.unsettled,
    environmentVariables: [...loaded.environmentVariables, ...reads.environmentVariables],
    files: filesOf(session.flags.write ? nodes : []),
    reported,
  });
  print(session, nodes, sql);
  noteCompiled(session, nodes.length);
}

interface Compiling {
  readonly manifest: Manifest;
  readonly nodes: readonly ManifestNode[];
  /** Every database of the manifest. */
  readonly databases: readonly string[];
}

async function compileNow(
  session: ProjectSession,
  server: CompileServer,
  { manifest, nodes, databases }: Compiling,
): Promise<CompiledNodes> {
  const { compileNodes } = await import('./compile-nodes.ts');
  const context = compileContext(session, {
    manifest,
    database: await server.facts(),
    catalog: await server.catalog(databases),
  });
  return session.check(compileNodes(nodes, context));
}

interface Written {
  readonly nodes: readonly ManifestNode[];
  readonly sql: CompiledNodes['sql'];
  readonly isAsBefore?: (id: NodeId) => boolean;
}

function write(
  session: ProjectSession,
  manifest: Manifest,
  { nodes, sql, isAsBefore }: Written,
): void {
  if (!session.flags.write) return;
  writeTexts(
    nodes.map((node) => [
      session.targetFile(compiledPath(node)),
      `${sql.get(node.id)?.sql.text.trim() ?? ''}\n`,
    ]),
  );
  writeManifest(session, manifest, sql, isAsBefore);
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
