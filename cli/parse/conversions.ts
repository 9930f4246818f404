import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { ExposureNode } from '../manifest/node.ts';
import { CONVERSION } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { ConversionDestination } from '../project/conversion-destinations.ts';
import { conversionDestinations } from '../project/conversion-destinations.ts';
import type { DraftList } from './drafts.ts';
import type { Workspace } from './workspace.ts';

/** Every destination of conversions is an exposure of what it sends: `cortex build --select +conversion:meta`. */
export function addConversions(list: DraftList, { project, rule }: Workspace): void {
  for (const destination of conversionDestinations(project)) {
    const dependsOn = destination.reads.flatMap((relation) =>
      nodesAt(relation, list, rule.targetDatabase),
    );
    const node = exposureOf(destination, project.name, dependsOn);
    list.add({ node, dependsOn, refs: [], sources: [] }, `destinations \`${destination.name}\``);
  }
}

/** The nodes whose relation this is: none where the project does not build it. */
function nodesAt(text: string, list: DraftList, targetDatabase: string): readonly NodeId[] {
  const parts = text.split('.');
  const database = parts.length > 1 ? parts[0] : targetDatabase;
  return [...list.enabled.values()].flatMap(({ node }) =>
    'relation' in node && node.relation.name === parts.at(-1) && node.relation.database === database
      ? [node.id]
      : [],
  );
}

function exposureOf(
  { name, type, reads, span }: ConversionDestination,
  packageName: string,
  dependsOn: readonly NodeId[],
): ExposureNode {
  return {
    id: `exposure.${packageName}.${CONVERSION}.${name}`,
    resourceType: 'exposure',
    name,
    packageName,
    fqn: [packageName, CONVERSION, name],
    path: span.file,
    span,
    description: `Orders that \`cortex convert ${name}\` sends`,
    tags: [],
    meta: {},
    config: { enabled: true },
    unrenderedConfig: {},
    dependsOn,
    macros: [],
    checksum: sha256(stableStringify({ name, type: type ?? null, reads })),
    columns: [],
    exposureType: CONVERSION,
    owner: {},
  };
}
