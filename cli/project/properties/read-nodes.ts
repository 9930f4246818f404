import type { ColumnConstraint } from '../../manifest/node.ts';
import type { YamlMap, YamlValue } from '../yaml.ts';
import { valueOf } from '../yaml.ts';
import type {
  ColumnDeclaration,
  ModelDeclaration,
  ModelVersion,
  NodeDeclaration,
  Range,
  RawConfig,
  SnapshotDeclaration,
} from './declarations.ts';
import type { Reading } from './read-tests.ts';
import { readTests } from './read-tests.ts';
import type {
  ColumnInput,
  DescribedInput,
  ModelInput,
  ModelVersionInput,
  SnapshotInput,
} from './schema.ts';

export function rangeOf(node: YamlValue): Range {
  return [node.start, node.end];
}

function textsOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** Keys that may stand beside `config:` as well as in it. */
const CONFIG_KEYS = ['tags', 'meta', 'group', 'access', 'docs'] as const;

type WithConfigKeys = { readonly config?: RawConfig | undefined } & Partial<
  Record<(typeof CONFIG_KEYS)[number], unknown>
>;

/** `config:` and the keys beside it as one map; where both say something, tags add up and `config:` wins. */
export function configOf(entry: WithConfigKeys): RawConfig {
  const config: Record<string, unknown> = { ...entry.config };
  for (const key of CONFIG_KEYS) {
    const beside = entry[key];
    if (beside === undefined) continue;
    config[key] = key in config ? combined(key, beside, config[key]) : beside;
  }
  return config;
}

function combined(key: string, beside: unknown, inside: unknown): unknown {
  if (key === 'tags') return [...textsOf(beside as string), ...textsOf(inside as string)];
  if (key === 'meta' || key === 'docs')
    return { ...(beside as RawConfig), ...(inside as RawConfig) };
  return inside;
}

/** What every described thing has. */
export function nodeDeclaration(
  entry: DescribedInput,
  node: YamlMap,
  reading: Reading,
): NodeDeclaration {
  return {
    name: entry.name,
    description: entry.description ?? '',
    config: configOf(entry),
    columns: columnDeclarations(entry.columns, valueOf(node, 'columns'), reading),
    constraints: [],
    tests: readTests(node, undefined, reading),
    range: rangeOf(node),
    nameRange: rangeOf(valueOf(node, 'name') ?? node),
  };
}

export function columnDeclarations(
  columns: readonly ColumnInput[] | null | undefined,
  list: YamlValue | undefined,
  reading: Reading,
): readonly ColumnDeclaration[] {
  if (columns === null || columns === undefined || list?.kind !== 'list') return [];
  return columns.flatMap((column, index) => {
    const node = list.items[index];
    return node?.kind === 'map' ? [columnDeclaration(column, node, reading)] : [];
  });
}

function columnDeclaration(
  column: ColumnInput,
  node: YamlMap,
  reading: Reading,
): ColumnDeclaration {
  const config = configOf(column);
  const name = valueOf(node, 'name') ?? node;
  return {
    name: column.name,
    description: column.description ?? '',
    ...(typeof column.data_type === 'string' ? { dataType: column.data_type } : {}),
    meta: (config['meta'] ?? {}) as RawConfig,
    tags: textsOf(config['tags'] as string | undefined),
    constraints: constraintsOf(column.constraints),
    tests: readTests(node, column.name, reading),
    range: rangeOf(name),
  };
}

export function constraintsOf(
  constraints: ColumnInput['constraints'],
): readonly ColumnConstraint[] {
  return (constraints ?? []).map((constraint) => ({
    type: constraint.type,
    ...(constraint.name === undefined ? {} : { name: constraint.name }),
    ...(constraint.expression === undefined ? {} : { expression: constraint.expression }),
    ...(constraint.columns === undefined ? {} : { columns: constraint.columns }),
    ...(constraint.to === undefined ? {} : { to: constraint.to }),
    ...(constraint.to_columns === undefined ? {} : { to_columns: constraint.to_columns }),
  }));
}

export function snapshotDeclaration(
  entry: SnapshotInput,
  node: YamlMap,
  reading: Reading,
): SnapshotDeclaration {
  const declaration = nodeDeclaration(entry, node, reading);
  return entry.relation === undefined ? declaration : { ...declaration, relation: entry.relation };
}

export function modelDeclaration(
  entry: ModelInput,
  node: YamlMap,
  reading: Reading,
): ModelDeclaration {
  const whole = {
    ...nodeDeclaration(entry, node, reading),
    constraints: constraintsOf(entry.constraints),
  };
  const list = valueOf(node, 'versions');
  const versions = (entry.versions ?? []).flatMap((version, index) => {
    const place = list?.kind === 'list' ? list.items[index] : undefined;
    return place?.kind === 'map' ? [modelVersion(version, place, { whole, entry, reading })] : [];
  });
  return {
    ...whole,
    versions,
    ...(entry.latest_version === undefined ? {} : { latestVersion: entry.latest_version }),
    ...(entry.deprecation_date === undefined ? {} : { deprecationDate: entry.deprecation_date }),
  };
}

/** A version has what the model has, unless it says otherwise. */
function modelVersion(
  version: ModelVersionInput,
  node: YamlMap,
  model: { readonly whole: NodeDeclaration; readonly entry: ModelInput; readonly reading: Reading },
): ModelVersion {
  const { whole, entry, reading } = model;
  const hasTests =
    valueOf(node, 'data_tests') !== undefined || valueOf(node, 'tests') !== undefined;
  const deprecationDate = version.deprecation_date ?? entry.deprecation_date;
  return {
    version: version.v,
    ...(version.defined_in === undefined
      ? {}
      : { definedIn: version.defined_in.replace(/\.sql$/, '') }),
    ...(deprecationDate === undefined ? {} : { deprecationDate }),
    declaration: {
      name: entry.name,
      description: version.description ?? whole.description,
      config: { ...whole.config, ...configOf(version) },
      columns: versionColumns(version, node, whole.columns, reading),
      constraints:
        version.constraints === undefined ? whole.constraints : constraintsOf(version.constraints),
      tests: hasTests ? readTests(node, undefined, reading) : whole.tests,
      range: rangeOf(node),
      nameRange: rangeOf(valueOf(node, 'v') ?? node),
    },
  };
}

/** `columns: [{include: all, exclude: [a]}, {name: b, …}]`: the model's columns, then the version's own. */
function versionColumns(
  version: ModelVersionInput,
  node: YamlMap,
  inherited: readonly ColumnDeclaration[],
  reading: Reading,
): readonly ColumnDeclaration[] {
  if (version.columns === undefined) return inherited;
  const list = valueOf(node, 'columns');
  const own: ColumnDeclaration[] = [];
  let kept: readonly ColumnDeclaration[] = inherited;
  for (const [index, column] of version.columns.entries()) {
    const place = list?.kind === 'list' ? list.items[index] : undefined;
    if ('include' in column) {
      const includesAll = column.include === 'all' || column.include === '*';
      const included = new Set(textsOf(column.include));
      const excluded = new Set(textsOf(column.exclude));
      kept = inherited.filter(
        ({ name }) => (includesAll || included.has(name)) && !excluded.has(name),
      );
    } else if (place?.kind === 'map') {
      own.push(columnDeclaration(column, place, reading));
    }
  }
  const overridden = new Set(own.map(({ name }) => name));
  return [...kept.filter(({ name }) => !overridden.has(name)), ...own];
}
