import type { Graph } from '../../graph/graph.ts';
import { plural } from '../../kernel/format.ts';
import type { ModelNode } from '../../manifest/node.ts';
import type { NodeId } from '../../manifest/node-id.ts';
import { relationKey } from '../../manifest/relation.ts';
import { readCatalog } from '../../warehouse/catalog.ts';
import type { Database } from '../../warehouse/database.ts';
import { StateStore } from '../../warehouse/state/state-store.ts';
import { milliseconds } from '../freshness/freshness-status.ts';
import type { ProjectSession } from '../session.ts';

/**
 * The ids without models that stand, are what the project says, and are younger than their `build_after`; and without
 * the tests that read them. Says which models are kept.
 */
export async function withoutYoung(
  session: ProjectSession,
  database: Database,
  { graph, ids }: { readonly graph: Graph; readonly ids: ReadonlySet<NodeId> },
): Promise<ReadonlySet<NodeId>> {
  const patient = [...ids].flatMap((id) => patientModel(graph, id));
  if (patient.length === 0) return ids;
  const builds = await (await StateStore.open(database.control)).lastBuilds();
  const standing = await readCatalog(
    database.control,
    [...new Set(patient.map(({ model }) => model.relation.database))],
    patient.map(({ model }) => model.relation.name),
  );
  const now = session.world.clock.now();
  const young = patient
    .filter(({ model, buildAfterMs }) => {
      const last = builds.get(model.id);
      return (
        standing.has(relationKey(model.relation)) &&
        last?.checksum === model.checksum &&
        now - last.at < buildAfterMs
      );
    })
    .map(({ model }) => model);
  if (young.length === 0) return ids;
  session.note(
    `${plural(young.length, 'model')} not due yet: ${young.map(({ name }) => name).join(', ')}`,
  );
  const kept = new Set(young.map(({ id }) => id));
  return new Set([...ids].filter((id) => !kept.has(id) && !readsAny(graph, id, kept)));
}

interface PatientModel {
  readonly model: ModelNode;
  readonly buildAfterMs: number;
}

function patientModel({ manifest }: Graph, id: NodeId): readonly PatientModel[] {
  const model = manifest.nodes.get(id);
  if (model?.resourceType !== 'model') return [];
  const buildAfter = model.config.freshness?.build_after;
  return buildAfter === undefined ? [] : [{ model, buildAfterMs: milliseconds(buildAfter) }];
}

function readsAny({ manifest }: Graph, id: NodeId, kept: ReadonlySet<NodeId>): boolean {
  const node = manifest.nodes.get(id);
  const isTest = node?.resourceType === 'test' || node?.resourceType === 'unit_test';
  return isTest && node.dependsOn.some((parent) => kept.has(parent));
}
