import type { DocBlock, GroupDefinition, MacroNode } from '../manifest/manifest.ts';
import type {
  ColumnProperties,
  ExposureNode,
  Freshness,
  ManifestNode,
  ModelNode,
  RefCall,
  SourceCall,
  SourceNode,
  TestNode,
  UnitTestNode,
} from '../manifest/node.ts';
import type { FreshnessThreshold } from '../manifest/node-config.ts';
import type { Relation } from '../manifest/relation.ts';

type Json = Record<string, unknown>;

/** MySQL has one catalog, and this is its name; readers of artifacts join it to other names. */
const CATALOG_NAME = 'def';

/** What the manifest does not hold and the artifact shows. */
export interface ManifestDetails {
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly projectDirectory: string;
  relationName(relation: Relation): string;
  compiledSql(id: string): string | undefined;
  compiledPath(node: ManifestNode): string | undefined;
  macroText(macro: MacroNode): string;
  /** The line of a node that is as it was in an earlier artifact. */
  keptLine?(id: string): string | undefined;
}

/**
 * An entry of `nodes`, in parts that make one object together: models, seeds, snapshots, tests and
 * operations. Merging tens of fields costs more than writing them.
 */
export function nodeParts(node: ManifestNode, details: ManifestDetails): readonly Json[] {
  return [commonFields(node, details), ...ownParts(node, details)];
}

/** The entry of `nodeParts` as one value. */
export function nodeEntry(node: ManifestNode, details: ManifestDetails): Json {
  return Object.assign({}, ...nodeParts(node, details)) as Json;
}

function commonFields(node: ManifestNode, details: ManifestDetails): Json {
  const relation = 'relation' in node ? node.relation : undefined;
  return {
    database: CATALOG_NAME,
    schema: relation?.database ?? '',
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path.split('/').slice(1).join('/') || node.path,
    original_file_path: node.path,
    unique_id: node.id,
    fqn: node.fqn,
    alias: aliasOf(node),
    checksum: { name: 'sha256', checksum: node.checksum },
    config: node.config,
    tags: node.tags,
    description: node.description,
    columns: columnEntries(node.columns),
    meta: node.meta,
    group: node.group ?? null,
    docs: node.config.docs ?? { show: true, node_color: null },
    patch_path: node.patchPath === undefined ? null : `${node.packageName}://${node.patchPath}`,
    build_path: null,
    unrendered_config: node.unrenderedConfig,
    created_at: details.createdAt / 1000,
    relation_name:
      relation === undefined || node.resourceType === 'test'
        ? null
        : details.relationName(relation),
    doc_blocks: [],
  };
}

function aliasOf(node: ManifestNode): string {
  if (node.resourceType === 'test') return node.alias;
  return 'relation' in node ? node.relation.name : node.name;
}

function ownParts(node: ManifestNode, details: ManifestDetails): readonly Json[] {
  switch (node.resourceType) {
    case 'seed':
      return [
        { raw_code: '', root_path: details.projectDirectory, depends_on: { macros: node.macros } },
      ];
    case 'model':
      return [codeFields(node, details), modelFields(node)];
    case 'snapshot':
      return [codeFields(node, details)];
    case 'test':
      return [codeFields(node, details), ...(node.kind === 'generic' ? [testFields(node)] : [])];
    case 'operation':
      return [codeFields({ ...node, refs: [], sources: [] }, details), { index: node.index }];
    case 'source':
    case 'unit_test':
    case 'exposure':
    case 'analysis':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return [];
  }
}

type CodeNode = ManifestNode & {
  readonly rawCode: string;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
};

function codeFields(node: CodeNode, details: ManifestDetails): Json {
  const compiled = details.compiledSql(node.id);
  return {
    raw_code: node.rawCode,
    language: node.resourceType === 'model' ? node.language : 'sql',
    refs: node.refs.map(refEntry),
    sources: node.sources.map(({ source, table }) => [source, table]),
    metrics: [],
    functions: [],
    depends_on: { macros: node.macros, nodes: node.dependsOn },
    compiled_path: details.compiledPath(node) ?? null,
    compiled: compiled !== undefined,
    compiled_code: compiled ?? null,
    extra_ctes_injected: compiled !== undefined,
    extra_ctes: [],
    contract: {
      enforced: node.config.contract?.enforced ?? false,
      alias_types: true,
      checksum: null,
    },
  };
}

function refEntry({ name, package: packageName, version }: RefCall): Json {
  return { name, package: packageName ?? null, version: version ?? null };
}

function modelFields(node: ModelNode): Json {
  const key = node.config.primary_key ?? [];
  return {
    access: node.access,
    constraints: node.constraints,
    version: node.version ?? null,
    latest_version: node.latestVersion ?? null,
    deprecation_date: node.deprecationDate ?? null,
    primary_key: typeof key === 'string' ? [key] : key,
    time_spine: null,
  };
}

function testFields(node: TestNode): Json {
  return {
    column_name: node.columnName ?? null,
    file_key_name: null,
    attached_node: node.attachedNode ?? null,
    test_metadata: {
      name: node.testName ?? node.name,
      kwargs: node.testArguments ?? {},
      namespace: node.testNamespace ?? null,
    },
  };
}

function columnEntries(columns: readonly ColumnProperties[]): Json {
  const entry = (column: ColumnProperties): Json => ({
    name: column.name,
    description: column.description,
    meta: column.meta,
    data_type: column.dataType ?? null,
    constraints: column.constraints,
    quote: null,
    config: { meta: column.meta, tags: column.tags },
    tags: column.tags,
    granularity: null,
    doc_blocks: [],
  });
  return Object.fromEntries(columns.map((column) => [column.name, entry(column)]));
}

/** An entry of `sources`. */
export function sourceEntry(node: SourceNode, details: ManifestDetails): Json {
  const {
    alias: _alias,
    checksum: _checksum,
    group: _group,
    docs: _docs,
    build_path: _build,
    ...common
  } = commonFields(node, details);
  return {
    ...common,
    path: node.path,
    source_name: node.sourceName,
    source_description: node.sourceDescription,
    loader: node.loader,
    identifier: node.relation.name,
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: node.loadedAtField ?? null,
    loaded_at_query: node.loadedAtQuery ?? null,
    freshness: node.freshness === undefined ? null : freshnessEntry(node.freshness),
    external: null,
    source_meta: {},
    unrendered_database: null,
    unrendered_schema: null,
  };
}

/** Thresholds as dbt writes them: an absent one has empty fields. */
export function freshnessEntry(freshness: Freshness): Json {
  const threshold = (found: FreshnessThreshold | undefined): Json =>
    found === undefined ? { count: null, period: null } : { ...found };
  return {
    warn_after: threshold(freshness.warnAfter),
    error_after: threshold(freshness.errorAfter),
    filter: freshness.filter ?? null,
  };
}

/** An entry of `exposures`. */
export function exposureEntry(node: ExposureNode, details: ManifestDetails): Json {
  return {
    name: node.name,
    resource_type: 'exposure',
    package_name: node.packageName,
    path: node.path,
    original_file_path: node.path,
    unique_id: node.id,
    fqn: node.fqn,
    type: node.exposureType,
    owner: { name: node.owner.name ?? null, email: node.owner.email ?? null },
    description: node.description,
    label: node.label ?? null,
    maturity: node.maturity ?? null,
    meta: node.meta,
    tags: node.tags,
    config: node.config,
    unrendered_config: node.unrenderedConfig,
    url: node.url ?? null,
    depends_on: { macros: [], nodes: node.dependsOn },
    refs: [],
    sources: [],
    metrics: [],
    created_at: details.createdAt / 1000,
  };
}

/** An entry of `unit_tests`. */
export function unitTestEntry(node: UnitTestNode, details: ManifestDetails): Json {
  return {
    model: node.model,
    given: node.given.map((input) => ({
      ...input,
      rows: input.rows ?? null,
      fixture: input.fixture ?? null,
    })),
    expect: {
      ...node.expect,
      rows: node.expect.rows ?? null,
      fixture: node.expect.fixture ?? null,
    },
    name: node.name,
    resource_type: 'unit_test',
    package_name: node.packageName,
    path: node.path,
    original_file_path: node.path,
    unique_id: node.id,
    fqn: node.fqn,
    description: node.description,
    overrides: {
      macros: node.overrides.macros ?? {},
      vars: node.overrides.vars ?? {},
      env_vars: node.overrides.envVars ?? {},
    },
    depends_on: { macros: node.macros, nodes: node.dependsOn },
    config: node.config,
    checksum: node.checksum,
    schema: null,
    created_at: details.createdAt / 1000,
    versions: null,
    version: null,
  };
}

/** An entry of `macros`. */
export function macroEntry(macro: MacroNode, details: ManifestDetails): Json {
  return {
    name: macro.name,
    resource_type: 'macro',
    package_name: macro.packageName,
    path: macro.path,
    original_file_path: macro.path,
    unique_id: macro.id,
    macro_sql: details.macroText(macro),
    depends_on: { macros: [] },
    description: macro.description,
    meta: macro.meta,
    docs: { show: true, node_color: null },
    config: {},
    patch_path: null,
    arguments: macro.arguments.map(({ name, type, description }) => ({
      name,
      type: type ?? null,
      description,
    })),
    created_at: details.createdAt / 1000,
    supported_languages: null,
  };
}

/** An entry of `docs`. */
export function docEntry(id: string, block: DocBlock): Json {
  return {
    name: block.name,
    resource_type: 'doc',
    package_name: block.packageName,
    path: block.path,
    original_file_path: block.path,
    unique_id: id,
    block_contents: block.text,
  };
}

/** An entry of `groups`. */
export function groupEntry(id: string, group: GroupDefinition): Json {
  return {
    name: group.name,
    resource_type: 'group',
    package_name: group.packageName,
    path: group.path,
    original_file_path: group.path,
    unique_id: id,
    owner: { email: group.owner.email ?? null, name: group.owner.name ?? null },
    description: group.description,
    config: {},
  };
}
