import type { Manifest } from '../../cli/manifest/manifest.ts';
import type { ManifestNode } from '../../cli/manifest/node.ts';
import { comparableNode } from '../../cli/graph/state/comparable-node.ts';
import type { PreviousState } from '../../cli/graph/state/previous-state.ts';

/** A node as the selection fixtures write it. */
export interface FixtureNode {
  readonly resource_type: ManifestNode['resourceType'];
  readonly name: string;
  readonly package_name?: string;
  readonly path: string;
  readonly patch?: string;
  readonly fqn: readonly string[];
  readonly depends_on: readonly string[];
  readonly tags?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly unrendered_config?: Readonly<Record<string, unknown>>;
  readonly group?: string;
  readonly access?: 'public' | 'protected' | 'private';
  readonly version?: string | number;
  readonly latest_version?: string | number;
  readonly source_name?: string;
  readonly test_name?: string;
  readonly raw_code?: string;
  readonly checksum?: string;
  readonly description?: string;
  readonly macros?: readonly string[];
}

export interface FixtureGraph {
  readonly project: string;
  readonly nodes: Readonly<Record<string, FixtureNode>>;
  readonly macros?: Readonly<
    Record<string, { readonly sql: string; readonly macros?: readonly string[] }>
  >;
}

/** The manifest that parsing would give for the project of a fixture. */
export function fixtureManifest(graph: FixtureGraph): Manifest {
  const macros = Object.entries(graph.macros ?? {});
  return {
    projectName: graph.project,
    projectVersion: '1.0.0',
    nodes: new Map(
      Object.entries(graph.nodes).map(([id, node]) => [id, fixtureNode(id, node, graph)]),
    ),
    disabled: new Map(),
    macros: new Map(
      macros.map(([id, macro]) => [
        id,
        {
          id,
          name: id.split('.').at(-1) ?? '',
          packageName: id.split('.')[1] ?? '',
          path: `macros/${id}.sql`,
          language: 'sql',
          description: '',
          arguments: [],
          meta: {},
          checksum: macro.sql,
        },
      ]),
    ),
    docs: new Map(),
    groups: new Map(),
  };
}

/** A state before, written as differences to a graph. */
export interface FixtureState {
  readonly missing_before: readonly string[];
  readonly only_before: readonly string[];
  readonly before: Readonly<Record<string, Partial<FixtureNode>>>;
  readonly macros_before: Readonly<Record<string, string>>;
}

export function fixtureState(graph: FixtureGraph, state: FixtureState): PreviousState {
  const before = Object.entries(graph.nodes)
    .filter(([id]) => !state.missing_before.includes(id))
    .map(([id, node]) => [id, { ...node, ...state.before[id] }] as const);
  const removed = state.only_before.map((id) => [id, goneModel(id)] as const);
  const macros = Object.entries(graph.macros ?? {}).map(([id, { sql }]) => [id, sql] as const);
  return {
    nodes: new Map(
      [...before, ...removed].map(([id, node]) => [
        id,
        comparableNode(fixtureNode(id, node, graph)),
      ]),
    ),
    macros: new Map([...macros, ...Object.entries(state.macros_before)]),
  };
}

function goneModel(id: string): FixtureNode {
  const name = id.split('.').at(-1) ?? '';
  return { resource_type: 'model', name, path: `models/${name}.sql`, fqn: [name], depends_on: [] };
}

function fixtureNode(id: string, node: FixtureNode, graph: FixtureGraph): ManifestNode {
  const base = { ...sharedFields(id, node, graph), ...relationFields(node) };
  switch (node.resource_type) {
    case 'model':
      return { ...base, resourceType: 'model', ...modelFields(node) };
    case 'source':
      return { ...base, resourceType: 'source', ...sourceFields(node) };
    case 'test':
      return { ...base, resourceType: 'test', ...testFields(node) };
    case 'seed':
      return { ...base, resourceType: 'seed', csvPath: `/project/${node.path}` };
    case 'snapshot':
      return { ...base, resourceType: 'snapshot' };
    case 'unit_test':
      return { ...base, resourceType: 'unit_test', ...unitTestFields(node) };
    case 'exposure':
      return { ...base, resourceType: 'exposure', exposureType: 'dashboard', owner: {} };
    case 'operation':
      return { ...base, resourceType: 'operation', when: 'on-run-start', index: 0 };
    case 'analysis':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return { ...base, resourceType: node.resource_type };
  }
}

function sharedFields(id: string, node: FixtureNode, graph: FixtureGraph) {
  return {
    id,
    name: node.name,
    packageName: node.package_name ?? graph.project,
    fqn: node.fqn,
    path: node.path,
    ...(node.patch === undefined ? {} : { patchPath: node.patch }),
    description: node.description ?? '',
    tags: node.tags ?? [],
    meta: {},
    config: node.config ?? {},
    unrenderedConfig: node.unrendered_config ?? {},
    dependsOn: node.depends_on,
    macros: withMacrosOfMacros(node.macros ?? [], graph),
    checksum: node.checksum ?? '',
    columns: [],
    ...(node.group === undefined ? {} : { group: node.group }),
  };
}

function relationFields(node: FixtureNode) {
  return {
    relation: { database: 'shop', name: node.name },
    constraints: [],
    rawCode: node.raw_code ?? 'select 1',
    refs: [],
    sources: [],
  };
}

function modelFields(node: FixtureNode) {
  return {
    language: 'sql' as const,
    access: node.access ?? ('protected' as const),
    ...(node.version === undefined ? {} : { version: node.version }),
    ...(node.latest_version === undefined ? {} : { latestVersion: node.latest_version }),
  };
}

function sourceFields(node: FixtureNode) {
  return { sourceName: node.source_name ?? '', sourceDescription: '', loader: '' };
}

function testFields(node: FixtureNode) {
  return node.test_name === undefined
    ? ({ kind: 'singular', alias: node.name } as const)
    : ({ kind: 'generic', alias: node.name, testName: node.test_name } as const);
}

function unitTestFields(node: FixtureNode) {
  const model = node.depends_on[0] ?? '';
  return { model, given: [], expect: { format: 'dict' as const }, overrides: {} };
}

function withMacrosOfMacros(ids: readonly string[], graph: FixtureGraph): string[] {
  return ids.flatMap((id) => [id, ...withMacrosOfMacros(graph.macros?.[id]?.macros ?? [], graph)]);
}
