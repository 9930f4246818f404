import type { Manifest } from '../manifest/manifest.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { ArtifactRun } from './artifact-metadata.ts';
import { artifactMetadata } from './artifact-metadata.ts';
import type { ManifestDetails } from './manifest-nodes.ts';
import {
  docEntry,
  exposureEntry,
  groupEntry,
  macroEntry,
  nodeEntry,
  sourceEntry,
  unitTestEntry,
} from './manifest-nodes.ts';

type Json = Record<string, unknown>;

/** `manifest.json`, version 12 of dbt's shape, with all of its top keys. */
export function manifestArtifact(
  manifest: Manifest,
  run: ArtifactRun,
  details: ManifestDetails,
): Json {
  const nodes = [...manifest.nodes.values()];
  return {
    metadata: {
      ...artifactMetadata('manifest/v12', run),
      project_name: manifest.projectName,
      project_id: null,
      user_id: null,
      send_anonymous_usage_stats: false,
      adapter_type: 'mysql',
      quoting: { database: false, schema: true, identifier: true, column: null },
      run_started_at: null,
    },
    nodes: entries(nodes, (node) => (isPlainNode(node) ? nodeEntry(node, details) : undefined)),
    sources: entries(nodes, (node) =>
      node.resourceType === 'source' ? sourceEntry(node, details) : undefined,
    ),
    macros: mapped(manifest.macros, (macro) => macroEntry(macro, details)),
    docs: mapped(manifest.docs, (block, id) => docEntry(id, block)),
    exposures: entries(nodes, (node) =>
      node.resourceType === 'exposure' ? exposureEntry(node, details) : undefined,
    ),
    metrics: {},
    groups: mapped(manifest.groups, (group, id) => groupEntry(id, group)),
    selectors: {},
    disabled: mapped(manifest.disabled, (node) => [disabledEntry(node, details)]),
    parent_map: Object.fromEntries(nodes.map((node) => [node.id, node.dependsOn])),
    child_map: childMap(nodes),
    group_map: groupMap(
      nodes,
      [...manifest.groups.values()].map((group) => group.name),
    ),
    saved_queries: {},
    semantic_models: {},
    unit_tests: entries(nodes, (node) =>
      node.resourceType === 'unit_test' ? unitTestEntry(node, details) : undefined,
    ),
    functions: {},
  };
}

const PLAIN_TYPES = new Set(['model', 'seed', 'snapshot', 'test', 'operation', 'analysis']);

function isPlainNode(node: ManifestNode): boolean {
  return PLAIN_TYPES.has(node.resourceType);
}

function disabledEntry(node: ManifestNode, details: ManifestDetails): Json {
  if (node.resourceType === 'source') return sourceEntry(node, details);
  if (node.resourceType === 'exposure') return exposureEntry(node, details);
  if (node.resourceType === 'unit_test') return unitTestEntry(node, details);
  return nodeEntry(node, details);
}

function entries(
  nodes: readonly ManifestNode[],
  entry: (node: ManifestNode) => Json | undefined,
): Json {
  return Object.fromEntries(
    nodes.flatMap((node) => {
      const made = entry(node);
      return made === undefined ? [] : [[node.id, made]];
    }),
  );
}

function mapped<T>(values: ReadonlyMap<string, T>, entry: (value: T, id: string) => unknown): Json {
  return Object.fromEntries([...values].map(([id, value]) => [id, entry(value, id)]));
}

function childMap(nodes: readonly ManifestNode[]): Record<NodeId, NodeId[]> {
  const children: Record<NodeId, NodeId[]> = Object.fromEntries(nodes.map((node) => [node.id, []]));
  for (const node of nodes) {
    for (const parent of node.dependsOn) children[parent]?.push(node.id);
  }
  return children;
}

function groupMap(
  nodes: readonly ManifestNode[],
  groups: readonly string[],
): Record<string, NodeId[]> {
  return Object.fromEntries(
    groups.map((group) => [
      group,
      nodes.filter((node) => node.group === group).map((node) => node.id),
    ]),
  );
}
