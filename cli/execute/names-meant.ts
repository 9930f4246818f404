import type { CompileContext } from '../compile/context.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { Relation } from '../manifest/relation.ts';
import { readCatalog } from '../warehouse/catalog.ts';
import { DatabaseError } from '../warehouse/database-error.ts';
import type { Database } from '../warehouse/database.ts';

const UNKNOWN_COLUMN = 1054;

/**
 * The columns that a node could have meant where the server knows no such column: those of its parents
 * as they stand now. Empty for every other error, and when the server does not answer.
 */
export async function columnsMeant(
  error: unknown,
  node: ManifestNode,
  { database, context }: { readonly database: Database; readonly context: CompileContext },
): Promise<readonly string[]> {
  if (!(error instanceof DatabaseError) || error.errno !== UNKNOWN_COLUMN) return [];
  const parents = node.dependsOn.map((id) => context.relationFor(id));
  try {
    const catalog = await readCatalog(
      database.control,
      distinct(parents, 'database'),
      distinct(parents, 'name'),
    );
    const columns = [...catalog.values()].flatMap((relation) => relation.columns);
    return [...new Set(columns.map(({ name }) => name))];
  } catch {
    return [];
  }
}

/** Names of all tables and views that the project has or reads. */
export function relationNames(manifest: Manifest): readonly string[] {
  return [...manifest.nodes.values()].flatMap((node) =>
    'relation' in node && node.resourceType !== 'test' ? [node.relation.name] : [],
  );
}

function distinct(relations: readonly Relation[], key: keyof Relation): string[] {
  return [...new Set(relations.map((relation) => relation[key]))];
}
