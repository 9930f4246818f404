import type { CompileContext } from '../compile/context.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { CatalogSnapshot, Relation } from '../manifest/relation.ts';
import { relationKey } from '../manifest/relation.ts';
import { createEnvironment } from '../parse/environment.ts';
import { timestamp } from '../report/artifact-metadata.ts';
import type { BaseEnvironment } from '../template/environment.ts';
import { readCatalog } from '../warehouse/catalog.ts';
import type { Database } from '../warehouse/database.ts';
import type { ProjectSession } from './session.ts';

/** What compiling needs to know of the server. */
export type ServerFacts = Pick<Database, 'database' | 'capabilities'>;

/** Compiling outside a run: nodes are where they are published, unless `relationFor` says otherwise. */
export interface CompileOptions {
  readonly manifest: Manifest;
  readonly database: ServerFacts;
  readonly catalog: CatalogSnapshot;
  /** Another place of a node, such as the shadow of one whose test failed. */
  readonly relationFor?: (id: NodeId) => Relation | undefined;
}

export function compileContext(session: ProjectSession, options: CompileOptions): CompileContext {
  const { manifest, database, catalog } = options;
  const { flags } = session;
  const published = (id: NodeId): Relation => {
    const node = manifest.nodes.get(id);
    return node !== undefined && 'relation' in node
      ? node.relation
      : { database: database.database, name: id };
  };
  return {
    manifest,
    ...environments(session, manifest, database),
    relationFor: (id) => options.relationFor?.(id) ?? published(id),
    isIncremental: (id) => isIncremental(manifest.nodes.get(id), catalog, flags.fullRefresh),
    empty: flags.empty,
    storeFailures: flags.storeFailures,
    columnsOf: (id) => catalog.get(relationKey(published(id)))?.columns,
  };
}

/** What templates see: those of the project, and those of packages with variables of their own. */
export function environments(
  { project, startedAt }: ProjectSession,
  manifest: Manifest,
  { capabilities }: Pick<Database, 'capabilities'>,
): Required<Pick<CompileContext, 'environment' | 'environmentOf'>> {
  const facts = { capabilities, runStartedAt: timestamp(startedAt) };
  const made = new Map<string, BaseEnvironment>();
  const environmentOf = (packageName: string): BaseEnvironment => {
    const known = made.get(packageName);
    if (known !== undefined) return known;
    const environment = createEnvironment(project, manifest, { ...facts, packageName });
    made.set(packageName, environment);
    return environment;
  };
  return { environment: environmentOf(project.name), environmentOf };
}

/** An incremental model adds to its table when there is one and nobody asks for it all anew. */
function isIncremental(
  node: ManifestNode | undefined,
  catalog: CatalogSnapshot,
  fullRefresh: boolean,
): boolean {
  if (node?.resourceType !== 'model' || node.config.materialized !== 'incremental') return false;
  const isFull = node.config.full_refresh ?? fullRefresh;
  return !isFull && catalog.get(relationKey(node.relation))?.kind === 'table';
}

/** What stands in every database that the manifest builds in or reads from. */
export async function readManifestCatalog(
  database: Database,
  manifest: Manifest,
): Promise<CatalogSnapshot> {
  return readCatalog(database.control, databasesOf(manifest));
}

/** Every database that the manifest builds in or reads from. */
export function databasesOf(manifest: Manifest): readonly string[] {
  const names = new Set<string>();
  for (const node of manifest.nodes.values())
    if ('relation' in node) names.add(node.relation.database);
  return [...names];
}
