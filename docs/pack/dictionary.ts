import type { Manifest } from '../../cli/manifest/manifest.ts';
import type {
  ColumnProperties,
  ManifestNode,
  ModelNode,
  SeedNode,
  TestNode,
} from '../../cli/manifest/node.ts';

export const LAYERS = [
  'dimensions',
  'facts',
  'marts',
  'reports',
  'intermediate',
  'staging',
  'seeds',
] as const;
export type Layer = (typeof LAYERS)[number];

type TableNode = ModelNode | SeedNode;

/** Models that have the same columns, mostly one; the staging models of several platforms are described together. */
export interface Entry {
  readonly layer: Layer;
  readonly nodes: readonly [TableNode, ...TableNode[]];
  /** Columns whose combination no two rows share; the primary key first. */
  readonly keys: readonly (readonly string[])[];
  readonly columns: readonly EntryColumn[];
  /** Tests of the whole row or table, by name. */
  readonly tests: readonly string[];
  readonly reads: readonly ManifestNode[];
  readonly readBy: readonly ManifestNode[];
}

export interface EntryColumn {
  readonly properties: ColumnProperties;
  /** Kinds of its tests: `unique`, `not_null`. */
  readonly tests: readonly string[];
  /** The column of another model that every value is in. */
  readonly refersTo?: { readonly model: string; readonly column: string };
}

/** What the pack builds, by layer and name. */
export function dictionaryEntries(manifest: Manifest): readonly Entry[] {
  const nodes = [...manifest.nodes.values()];
  const tests = nodes.filter((node) => node.resourceType === 'test');
  const tables = nodes.filter(
    (node) => node.resourceType === 'model' || node.resourceType === 'seed',
  );
  return LAYERS.flatMap((layer) => {
    const own = tables.filter((node) => layerOf(node) === layer).toSorted(byName);
    return sharedColumns(own).map((same) => entryOf(layer, same, { manifest, nodes, tests }));
  });
}

interface Pack {
  readonly manifest: Manifest;
  readonly nodes: readonly ManifestNode[];
  readonly tests: readonly TestNode[];
}

const PREFIXES: Readonly<Record<string, Layer>> = {
  dim: 'dimensions',
  fct: 'facts',
  mart: 'marts',
  rpt: 'reports',
  int: 'intermediate',
  stg: 'staging',
};

function layerOf({ name, resourceType }: TableNode): Layer {
  const prefix = PREFIXES[name.split('_')[0] ?? ''];
  return prefix ?? (resourceType === 'seed' ? 'seeds' : 'marts');
}

const byName = (one: ManifestNode, other: ManifestNode): number => (one.name < other.name ? -1 : 1);

function sharedColumns(nodes: readonly TableNode[]): (readonly [TableNode, ...TableNode[]])[] {
  const groups = new Map<string, [TableNode, ...TableNode[]]>();
  for (const node of nodes) {
    const columns = node.columns
      .map(({ name, description }) => `${name}: ${description}`)
      .join('\n');
    const known = groups.get(columns);
    if (known === undefined) groups.set(columns, [node]);
    else known.push(node);
  }
  return [...groups.values()];
}

function entryOf(layer: Layer, nodes: readonly [TableNode, ...TableNode[]], pack: Pack): Entry {
  const [first] = nodes;
  const tests = pack.tests.filter(({ attachedNode }) => attachedNode === first.id);
  const singular = pack.tests.filter(
    ({ kind, dependsOn }) => kind === 'singular' && dependsOn[0] === first.id,
  );
  const ids = new Set(nodes.map(({ id }) => id));
  return {
    layer,
    nodes,
    keys: keysOf(first, tests),
    columns: first.columns.map((column) => columnOf(column, tests)),
    tests: [
      ...tests.filter(
        ({ columnName, testName }) => columnName === undefined && !isKeyTest(testName),
      ),
      ...tests.filter(
        ({ columnName, name, testName = '' }) =>
          columnName !== undefined && !name.startsWith(testName),
      ),
      ...singular,
    ].map(({ name }) => name),
    reads: nodes
      .flatMap(({ dependsOn }) => dependsOn)
      .flatMap((id) => pack.manifest.nodes.get(id) ?? []),
    readBy: pack.nodes
      .filter(
        ({ resourceType, dependsOn }) =>
          resourceType !== 'test' && dependsOn.some((id) => ids.has(id)),
      )
      .toSorted(byName),
  };
}

const isKeyTest = (testName: string | undefined): boolean =>
  testName === 'unique_combination_of_columns';

function keysOf(node: TableNode, tests: readonly TestNode[]): (readonly string[])[] {
  const { primary_key: primary = [], indexes = [] } = node.config;
  const keys = [
    [primary].flat(),
    ...indexes.filter(({ unique }) => unique === true).map(({ columns }) => columns),
    ...tests
      .filter(({ testName }) => testName === 'unique')
      .map(({ columnName = '' }) => [columnName]),
    ...tests
      .filter(({ testName }) => isKeyTest(testName))
      .map(({ testArguments }) => testArguments?.['combination_of_columns'] as readonly string[]),
  ].filter((columns) => columns.length > 0);
  const sorted = (columns: readonly string[]): string => columns.toSorted().join(' ');
  return keys.filter(
    (key, index) => keys.findIndex((other) => sorted(other) === sorted(key)) === index,
  );
}

function columnOf(properties: ColumnProperties, tests: readonly TestNode[]): EntryColumn {
  const own = tests.filter(({ columnName }) => columnName === properties.name);
  const reference = own.find(({ testName }) => testName === 'relationships')?.testArguments;
  const model = /['"](\w+)['"]/.exec(
    typeof reference?.['to'] === 'string' ? reference['to'] : '',
  )?.[1];
  return {
    properties,
    tests: own
      .flatMap(({ testName = '' }) => (testName === 'relationships' ? [] : testName))
      .toSorted(),
    ...(model === undefined ? {} : { refersTo: { model, column: String(reference?.['field']) } }),
  };
}
