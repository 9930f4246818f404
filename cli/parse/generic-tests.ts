import { sha256 } from '../kernel/hash.ts';
import { stableStringify } from '../kernel/json.ts';
import type { Span } from '../kernel/span.ts';
import type { ManifestNode, RefCall, SourceCall, TestNode } from '../manifest/node.ts';
import type { TestDeclaration } from '../project/properties/declarations.ts';
import { renderDescription } from './descriptions.ts';
import type { DraftList, TestedNode } from './drafts.ts';
import { unknownTest } from './messages.ts';
import { tagsAndMeta } from './node-parts.ts';
import { parseRelationCall } from './relation-call.ts';
import { databaseName } from './relation-names.ts';
import { renderValue } from './render-config.ts';
import type { ResolveConfig } from './resolve-config.ts';
import type { TestNames } from './test-names.ts';
import { testNames, testUniqueId } from './test-names.ts';
import type { Workspace } from './workspace.ts';
import { foldersOf, spanOf } from './workspace.ts';

export const TEST_DEFAULTS = {
  enabled: true,
  materialized: 'test',
  severity: 'ERROR',
  schema: 'dbt_test__audit',
  warn_if: '!= 0',
  error_if: '!= 0',
  fail_calc: 'count(*)',
};

export interface TestBuilding {
  readonly list: DraftList;
  readonly workspace: Workspace;
  readonly resolveConfig: ResolveConfig;
  /** Names of tests that ship with Cortex; `undefined` when nobody said which. */
  readonly builtInTests: ReadonlySet<string> | undefined;
}

/** The data tests of models, seeds, snapshots and sources. Those of disabled nodes are left out. */
export function addGenericTests(building: TestBuilding): void {
  const macros = testMacros(building.workspace);
  for (const tested of building.list.tested) {
    if (tested.node.config.enabled === false) continue;
    for (const test of tested.tests) addGenericTest(tested, test, building, macros);
  }
}

/** Macros named `test_<name>`, by the name of their test. */
function testMacros(workspace: Workspace): ReadonlyMap<string, string> {
  const macros = [...workspace.macros.values()].filter(({ name }) => name.startsWith('test_'));
  return new Map(macros.map(({ id, name }) => [name.slice('test_'.length), id]));
}

function addGenericTest(
  { node: target, file }: TestedNode,
  declared: TestDeclaration,
  building: TestBuilding,
  macros: ReadonlyMap<string, string>,
): void {
  const { list, workspace, builtInTests } = building;
  const span = spanOf(file, declared.range);
  const macro = macros.get(declared.name);
  if (macro === undefined && builtInTests !== undefined && !builtInTests.has(declared.name)) {
    workspace.diagnostics.push(
      unknownTest(declared.name, span, [...builtInTests, ...macros.keys()]),
    );
    return;
  }
  const names = namesOf(declared, target);
  const fqn = [file.packageName, ...foldersOf(file), names.fullName];
  const resolved = building.resolveConfig({
    section: 'tests',
    packageName: file.packageName,
    fqn,
    defaults: TEST_DEFAULTS,
    own: [{ values: declared.config, span }],
  });
  const { config } = resolved;
  const place = {
    environment: workspace.environmentOf(file.packageName),
    packageName: file.packageName,
    span,
    diagnostics: workspace.diagnostics,
  };
  const values = testArguments(declared, place);
  const { refs, sources } = referencesIn(values, span);
  const own = referenceTo(target, span);
  const alias = config.alias ?? names.alias;
  const dependsOn: string[] = [];
  const node: TestNode = {
    id: testUniqueId(file.packageName, names.fullName, metadataOf(declared, target)),
    resourceType: 'test',
    kind: 'generic',
    name: names.fullName,
    packageName: file.packageName,
    fqn,
    path: file.packagePath,
    span,
    description: renderDescription(declared.description, file.packageName, span, workspace),
    ...tagsAndMeta(config),
    config,
    unrenderedConfig: resolved.unrenderedConfig,
    dependsOn,
    macros: macro === undefined ? [] : [macro],
    checksum: sha256(stableStringify(declared)),
    columns: [],
    alias,
    relation: { database: testDatabase(config, workspace), name: alias },
    rawCode: `{{ test_${declared.name}(**_dbt_generic_test_kwargs) }}`,
    refs: [...refs, ...(own.kind === 'ref' ? [own.call] : [])],
    sources: [...sources, ...(own.kind === 'source' ? [own.call] : [])],
    testName: declared.name,
    ...(declared.namespace === undefined ? {} : { testNamespace: declared.namespace }),
    testArguments: values,
    ...(declared.column === undefined ? {} : { columnName: declared.column }),
    attachedNode: target.id,
    ...(config.group === undefined || config.group === null ? {} : { group: config.group }),
  };
  list.add({ node, dependsOn, refs, sources }, `data tests \`${names.fullName}\``);
}

function namesOf(declared: TestDeclaration, target: ManifestNode): TestNames {
  const { customName } = declared;
  if (customName !== undefined) return { fullName: customName, alias: customName };
  return testNames({
    test: declared.name,
    namespace: declared.namespace,
    source: target.resourceType === 'source' ? target.sourceName : undefined,
    target: targetName(target),
    arguments: declared.arguments,
  });
}

function targetName(target: ManifestNode): string {
  const isVersioned = target.resourceType === 'model' && target.version !== undefined;
  return isVersioned ? `${target.name}_v${target.version}` : target.name;
}

/** dbt's text for the tested relation: part of what ids are hashed from. */
function modelText(target: ManifestNode): string {
  if (target.resourceType === 'source') return `source('${target.sourceName}', '${target.name}')`;
  const version = target.resourceType === 'model' ? target.version : undefined;
  return version === undefined
    ? `ref('${target.name}')`
    : `ref('${target.name}', version='${version}')`;
}

function metadataOf(
  declared: TestDeclaration,
  target: ManifestNode,
): Parameters<typeof testUniqueId>[2] {
  const model = `{{ get_where_subquery(${modelText(target)}) }}`;
  return {
    name: declared.name,
    namespace: declared.namespace ?? null,
    kwargs: { ...declared.arguments, model },
  };
}

/** Arguments with their templates evaluated; `{{ref …}}` stays, to be looked up when the test is compiled. */
function testArguments(
  declared: TestDeclaration,
  place: Parameters<typeof renderValue>[1],
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(declared.arguments).map(([name, value]) => {
    const isCall = typeof value === 'string' && parseRelationCall(value) !== undefined;
    return [name, isCall ? value : renderValue(value, place)];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** `ref('x')` and `source('x', 'y')` anywhere in the arguments of a test. */
function referencesIn(
  value: unknown,
  span: Span,
): { refs: readonly RefCall[]; sources: readonly SourceCall[] } {
  const refs: RefCall[] = [];
  const sources: SourceCall[] = [];
  const visit = (inner: unknown): void => {
    if (Array.isArray(inner)) inner.forEach(visit);
    else if (typeof inner === 'object' && inner !== null) Object.values(inner).forEach(visit);
    else if (typeof inner === 'string' && /ref|source/.test(inner)) {
      const call = parseRelationCall(inner);
      if (call?.kind === 'ref') {
        const { kind: _kind, ...parts } = call;
        refs.push({ ...parts, span });
      } else if (call?.kind === 'source')
        sources.push({ source: call.source, table: call.table, span });
    }
  };
  visit(value);
  return { refs, sources };
}

function referenceTo(
  target: ManifestNode,
  span: Span,
): { kind: 'ref'; call: RefCall } | { kind: 'source'; call: SourceCall } {
  if (target.resourceType === 'source') {
    return { kind: 'source', call: { source: target.sourceName, table: target.name, span } };
  }
  const version = target.resourceType === 'model' ? target.version : undefined;
  return {
    kind: 'ref',
    call: { name: target.name, ...(version === undefined ? {} : { version }), span },
  };
}

/** The database in which a test keeps its failing rows. */
export function testDatabase(config: TestNode['config'], workspace: Workspace): string {
  return config.database ?? databaseName(config.schema, workspace.rule);
}
