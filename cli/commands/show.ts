import type { CompileContext } from '../compile/context.ts';
import { isScriptModel } from '../manifest/script-model-node.ts';
import { CortexError } from '../kernel/errors.ts';
import { plural } from '../kernel/format.ts';
import type { RenderedSql } from '../kernel/rendered-sql.ts';
import { generatedSql } from '../kernel/rendered-sql.ts';
import type { Graph } from '../graph/graph.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode, TestNode } from '../manifest/node.ts';
import type { CatalogSnapshot, Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { buildNames } from '../sql/build-names.ts';
import { textTable } from '../report/table.ts';
import { relationSql } from '../sql/identifier.ts';
import type { Database, Row } from '../warehouse/database.ts';
import { compileContext, readManifestCatalog } from './compile-context.ts';
import { compileInline, refuseInlineWithSelection } from './inline.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { nodeNotFound, nothingToShow, tooManyNodes } from './messages.ts';
import { openDatabase } from './open-database.ts';
import { queryRows } from './query-rows.ts';
import { scriptModelRows } from './script-model-rows.ts';
import { select } from './select.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/** `cortex show`: rows of a node, of an inline query or of what a test rejects. */
export const show: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    refuseInlineWithSelection(session.flags);
    const { manifest, graph } = await loadGraph(session);
    const subject = await findSubject(session, graph, invocation.arguments[0]);
    await using database = await openDatabase(session);
    const catalog = await readManifestCatalog(database, manifest);
    const context = contextFor(session, subject, { manifest, database, catalog });
    const rows = await rowsOf(session, subject, { database, context });
    print(session, subject.name, rows);
    return EXIT.good;
  });

/** What is shown. */
type Subject =
  | { readonly kind: 'inline'; readonly name: string; readonly text: string }
  | { readonly kind: 'node'; readonly name: string; readonly node: ManifestNode }
  | { readonly kind: 'failures'; readonly name: string; readonly test: TestNode };

async function findSubject(
  session: ProjectSession,
  graph: Graph,
  named: string | undefined,
): Promise<Subject> {
  const { flags } = session;
  if (flags.inline !== undefined) return { kind: 'inline', name: 'inline', text: flags.inline };
  if (flags.failures !== undefined) {
    const test = findTest(graph.manifest, flags.failures);
    return { kind: 'failures', name: test.name, test };
  }
  if (named !== undefined) {
    const node = findNode(graph.manifest, named);
    return { kind: 'node', name: node.name, node };
  }
  if (
    [flags.select, flags.models].every((list) => list.length === 0) &&
    flags.selector === undefined
  ) {
    throw new CortexError([nothingToShow()]);
  }
  const selection = await select(session, graph, 'show');
  const nodes = [...selection.ids]
    .flatMap((id) => graph.manifest.nodes.get(id) ?? [])
    .filter(isShowable);
  const [node] = nodes;
  if (node === undefined) throw new CortexError([nothingToShow()]);
  if (nodes.length > 1) throw new CortexError([tooManyNodes(nodes.map(({ name }) => name))]);
  return { kind: 'node', name: node.name, node };
}

const SHOWABLE = new Set(['model', 'seed', 'snapshot', 'source']);

function isShowable(node: ManifestNode): boolean {
  return SHOWABLE.has(node.resourceType);
}

function findNode(manifest: Manifest, name: string): ManifestNode {
  const nodes = [...manifest.nodes.values()].filter(isShowable);
  const isNamed = (node: ManifestNode) =>
    node.name === name ||
    node.id === name ||
    node.fqn.join('.') === name ||
    fullSourceName(node) === name;
  const found = nodes.find(isNamed);
  if (found === undefined)
    throw new CortexError([
      nodeNotFound(
        name,
        nodes.map((node) => node.name),
      ),
    ]);
  return found;
}

function fullSourceName(node: ManifestNode): string | undefined {
  return node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : undefined;
}

function findTest(manifest: Manifest, name: string): TestNode {
  const tests = [...manifest.nodes.values()].filter((node) => node.resourceType === 'test');
  const found = tests.find((test) => test.name === name || test.id === name || test.alias === name);
  if (found === undefined)
    throw new CortexError([
      nodeNotFound(
        name,
        tests.map((test) => test.name),
      ),
    ]);
  return found;
}

/** A test that failed in a build is asked about the version that it refused, where that was kept. */
function contextFor(
  session: ProjectSession,
  subject: Subject,
  place: {
    readonly manifest: Manifest;
    readonly database: Database;
    readonly catalog: CatalogSnapshot;
  },
): CompileContext {
  if (subject.kind !== 'failures') return compileContext(session, place);
  const keptShadow = (id: string): Relation | undefined => {
    const node = place.manifest.nodes.get(id);
    if (node === undefined || !('relation' in node)) return undefined;
    const { shadow } = buildNames(node.relation);
    return place.catalog.has(relationKey(shadow)) ? shadow : undefined;
  };
  return compileContext(session, { ...place, relationFor: keptShadow });
}

async function rowsOf(
  session: ProjectSession,
  subject: Subject,
  { database, context }: { readonly database: Database; readonly context: CompileContext },
): Promise<readonly Row[]> {
  const { limit } = session.flags;
  if (subject.kind === 'node' && isScriptModel(subject.node))
    return scriptModelRows(session, subject.node, { database, context });
  const sql = await sqlOf(session, subject, context);
  return queryRows(session, database, { sql, limit });
}

async function sqlOf(
  session: ProjectSession,
  subject: Subject,
  context: CompileContext,
): Promise<RenderedSql> {
  if (subject.kind === 'inline')
    return session.check(await compileInline(session, subject.text, context));
  if (subject.kind === 'failures') {
    const { compileTest } = await import('../compile/compile-test.ts');
    return session.check(compileTest(subject.test, context)).sql;
  }
  const { node } = subject;
  if (node.resourceType === 'model' || node.resourceType === 'snapshot') {
    const { compileNode } = await import('../compile/compile-node.ts');
    return session.check(compileNode(node, context)).sql;
  }
  return generatedSql(`select * from ${relationSql(context.relationFor(node.id))}`);
}

function print(session: ProjectSession, name: string, rows: readonly Row[]): void {
  if (session.flags.output === 'json' || session.flags.json) {
    session.print(JSON.stringify({ node: name, show: rows }, undefined, 2));
    return;
  }
  const [first] = rows;
  if (first !== undefined) session.print(textTable(Object.keys(first), rows));
  session.note(plural(rows.length, 'row'));
}
