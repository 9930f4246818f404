import type { Manifest } from '../../manifest/manifest.ts';
import type { PersonRequest } from './open-request.ts';

/** Every database that the project writes to: of the target, of its nodes, of raw tables. */
export function projectDatabases(
  { database, places }: Pick<PersonRequest, 'database' | 'places'>,
  { nodes }: Manifest,
): readonly string[] {
  const ofNodes = [...nodes.values()].flatMap((node) =>
    'relation' in node ? [node.relation.database] : [],
  );
  const ofRaw = places.map(({ shape }) => shape.table.relation.database);
  return [...new Set([database.database, ...ofNodes, ...ofRaw])];
}
