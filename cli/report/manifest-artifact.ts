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
  nodeParts,
  sourceEntry,
  unitTestEntry,
} from './manifest-nodes.ts';

type Json = Record<string, unknown>;

/** The members of an object, one after the other: the JSON text of each key and its value. */
type Members = Iterable<string>;

/**
 * The text of `manifest.json`, version 12 of dbt's shape, with all of its top keys. It comes in parts,
 * for it is larger than all that is held otherwise. Each node has a line of its own, which
 * `manifestLines` finds again.
 */
export function* manifestText(
  manifest: Manifest,
  run: ArtifactRun,
  details: ManifestDetails,
): Generator<string> {
  let opening = '{';
  for (const [key, section] of sections(manifest, run, details)) {
    yield `${opening}\n${JSON.stringify(key)}: {`;
    let separator = '\n';
    for (const member of section) {
      yield separator;
      yield member;
      separator = ',\n';
    }
    yield '\n}';
    opening = ',';
  }
  yield '\n}\n';
}

function sections(
  manifest: Manifest,
  run: ArtifactRun,
  details: ManifestDetails,
): readonly (readonly [string, Members])[] {
  const nodes = [...manifest.nodes.values()];
  const groupNames = [...manifest.groups.values()].map((group) => group.name);
  return [
    ['metadata', membersOf(Object.entries(metadataOf(manifest, run)))],
    [NODES, nodeMembers(nodes, details)],
    ['sources', membersOf(ofType(nodes, 'source', (node) => sourceEntry(node, details)))],
    ['macros', membersOf(mapped(manifest.macros, (macro) => macroEntry(macro, details)))],
    ['docs', membersOf(mapped(manifest.docs, (block, id) => docEntry(id, block)))],
    ['exposures', membersOf(ofType(nodes, 'exposure', (node) => exposureEntry(node, details)))],
    ['metrics', []],
    ['groups', membersOf(mapped(manifest.groups, (group, id) => groupEntry(id, group)))],
    ['selectors', []],
    ['disabled', membersOf(mapped(manifest.disabled, (node) => [disabledEntry(node, details)]))],
    ['parent_map', membersOf(nodes.map(({ id, dependsOn }) => [id, dependsOn]))],
    ['child_map', membersOf(childMap(nodes))],
    ['group_map', membersOf(Object.entries(groupMap(nodes, groupNames)))],
    ['saved_queries', []],
    ['semantic_models', []],
    ['unit_tests', membersOf(ofType(nodes, 'unit_test', (node) => unitTestEntry(node, details)))],
    ['functions', []],
  ];
}

function metadataOf(manifest: Manifest, run: ArtifactRun): Json {
  return {
    ...artifactMetadata('manifest/v12', run),
    project_name: manifest.projectName,
    project_id: null,
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: 'mysql',
    quoting: { database: false, schema: true, identifier: true, column: null },
    run_started_at: null,
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

const NODES = 'nodes';

function* nodeMembers(nodes: readonly ManifestNode[], details: ManifestDetails): Members {
  for (const node of nodes) {
    if (!isPlainNode(node)) continue;
    yield details.keptLine?.(node.id) ?? mergedMember(node.id, nodeParts(node, details));
  }
}

/** The lines of nodes in an artifact's text, by id, to be used again through `keptLine`. */
export function manifestLines(text: string): ReadonlyMap<NodeId, string> {
  const lines = new Map<NodeId, string>();
  let start = text.indexOf(`\n"${NODES}": {\n`);
  if (start === -1) return lines;
  start = text.indexOf('\n', start + 1) + 1;
  while (text[start] === '"') {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, text[end - 1] === ',' ? end - 1 : end);
    const key = /^"(?:[^"\\]|\\.)*"/.exec(line)?.[0];
    if (key !== undefined) lines.set(JSON.parse(key) as NodeId, line);
    start = end + 1;
  }
  return lines;
}

function* membersOf(entries: Iterable<readonly [string, unknown]>): Members {
  for (const [key, value] of entries) yield member(key, value);
}

function member(key: string, value: unknown): string {
  return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
}

/** A member whose value is one object made of several without a key in common. */
function mergedMember(key: string, parts: readonly Json[]): string {
  const inner = parts
    .map((part) => JSON.stringify(part).slice(1, -1))
    .filter((text) => text !== '');
  return `${JSON.stringify(key)}: {${inner.join(',')}}`;
}

function* ofType<T extends ManifestNode['resourceType']>(
  nodes: readonly ManifestNode[],
  type: T,
  entry: (node: Extract<ManifestNode, { resourceType: T }>) => Json,
): Iterable<readonly [NodeId, Json]> {
  for (const node of nodes) {
    if (node.resourceType === type)
      yield [node.id, entry(node as Extract<ManifestNode, { resourceType: T }>)];
  }
}

function* mapped<T>(
  values: ReadonlyMap<string, T>,
  entry: (value: T, id: string) => unknown,
): Iterable<readonly [string, unknown]> {
  for (const [id, value] of values) yield [id, entry(value, id)];
}

function childMap(nodes: readonly ManifestNode[]): ReadonlyMap<NodeId, NodeId[]> {
  const children = new Map<NodeId, NodeId[]>(nodes.map((node) => [node.id, []]));
  for (const node of nodes) {
    for (const parent of node.dependsOn) children.get(parent)?.push(node.id);
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
