import { sha256 } from '../../kernel/hash.ts';
import type { NodeId, ResourceType } from '../../manifest/node-id.ts';
import { RESOURCE_TYPES } from '../../manifest/node-id.ts';
import type { ColumnConstraint } from '../../manifest/node.ts';
import type {
  ComparableColumn,
  ComparableNode,
  FreshnessRecord,
  PreviousResult,
  PreviousState,
} from './previous-state.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Sections of `manifest.json` that hold nodes. */
const SECTIONS = [
  'nodes',
  'sources',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'unit_tests',
  'functions',
];

/** Types whose text of the template is what defines them; others have a checksum. */
const WITH_TEMPLATE: ReadonlySet<ResourceType> = new Set([
  'model',
  'snapshot',
  'test',
  'operation',
]);

/** Reads a parsed `manifest.json` (dbt's version 12). What is missing or of a wrong kind reads as empty. */
export function readPreviousState(manifest: unknown): PreviousState {
  const root = fieldsOf(manifest);
  const nodes = new Map<NodeId, ComparableNode>();
  for (const section of SECTIONS) {
    for (const [id, value] of Object.entries(fieldsOf(root[section]))) {
      const node = readNode(id, fieldsOf(value));
      if (node !== undefined) nodes.set(id, node);
    }
  }
  const macros = Object.entries(fieldsOf(root['macros'])).map(([id, value]) => {
    const text = textOf(fieldsOf(value)['macro_sql']);
    return [id, text === '' ? '' : sha256(text)] as const;
  });
  return { nodes, macros: new Map(macros) };
}

/** Reads a parsed `run_results.json`. */
export function readPreviousResults(results: unknown): readonly PreviousResult[] {
  return rowsOf(results).map((row) => ({
    id: textOf(row['unique_id']),
    status: textOf(row['status']),
  }));
}

/** Reads a parsed `sources.json`. */
export function readFreshness(sources: unknown): readonly FreshnessRecord[] {
  return rowsOf(sources).map((row) => ({
    id: textOf(row['unique_id']),
    ...optional('maxLoadedAt', row['max_loaded_at']),
  }));
}

function readNode(id: NodeId, node: Fields): ComparableNode | undefined {
  const resourceType = RESOURCE_TYPES.find((type) => type === node['resource_type']);
  if (resourceType === undefined) return undefined;
  const config = fieldsOf(node['config']);
  const persisted = fieldsOf(config['persist_docs']);
  const contract = { ...fieldsOf(config['contract']), ...fieldsOf(node['contract']) };
  return {
    id,
    name: textOf(node['name']),
    resourceType,
    fqn: listOf(node['fqn']).map(textOf),
    body: WITH_TEMPLATE.has(resourceType) ? textOf(node['raw_code']) : checksumOf(node['checksum']),
    isGenericTest: node['test_metadata'] !== undefined && node['test_metadata'] !== null,
    description: textOf(node['description']),
    unrenderedConfig: fieldsOf(node['unrendered_config']),
    materialized: textOf(config['materialized']) || 'view',
    persistDocs: {
      relation: persisted['relation'] === true,
      columns: persisted['columns'] === true,
    },
    isContractEnforced: contract['enforced'] === true,
    columns: Object.values(fieldsOf(node['columns'])).map((column) => readColumn(fieldsOf(column))),
    constraints: listOf(node['constraints']).map(readConstraint),
    ...optional('access', node['access']),
    ...optionalVersion('version', node['version']),
    ...optionalVersion('latestVersion', node['latest_version']),
    ...optional('deprecationDate', node['deprecation_date']),
    declaration: readDeclaration(resourceType, node),
  };
}

function readDeclaration(type: ResourceType, node: Fields): unknown {
  switch (type) {
    case 'source':
      return {
        relation: { database: textOf(node['schema']), name: textOf(node['identifier']) },
        freshness: readFreshnessRule(fieldsOf(node['freshness'])),
        loadedAtField: node['loaded_at_field'] ?? null,
      };
    case 'exposure': {
      const owner = fieldsOf(node['owner']);
      return {
        type: textOf(node['type']),
        owner: { name: owner['name'] ?? null, email: owner['email'] ?? null },
        maturity: node['maturity'] ?? null,
        url: node['url'] ?? null,
        description: textOf(node['description']),
        label: node['label'] ?? null,
        dependsOn: listOf(fieldsOf(node['depends_on'])['nodes']).map(textOf).sort(),
      };
    }
    case 'model':
    case 'seed':
    case 'snapshot':
    case 'test':
    case 'unit_test':
    case 'operation':
      return null;
    case 'analysis':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return { description: textOf(node['description']), checksum: checksumOf(node['checksum']) };
  }
}

function readFreshnessRule(rule: Fields): unknown {
  const threshold = (value: unknown) => {
    const { count, period } = fieldsOf(value);
    return typeof count === 'number' ? { count, period } : null;
  };
  const [warnAfter, errorAfter] = [threshold(rule['warn_after']), threshold(rule['error_after'])];
  if (warnAfter === null && errorAfter === null) return null;
  return { warnAfter, errorAfter, filter: rule['filter'] ?? null };
}

function readColumn(column: Fields): ComparableColumn {
  return {
    name: textOf(column['name']),
    description: textOf(column['description']),
    ...optional('dataType', column['data_type']),
    constraints: listOf(column['constraints']).map(readConstraint),
  };
}

const CONSTRAINT_TYPES = ['not_null', 'unique', 'primary_key', 'check', 'foreign_key'] as const;

/** Only what was written: dbt fills the rest with nulls, empty lists and its own switches. */
function readConstraint(value: unknown): ColumnConstraint {
  const fields = fieldsOf(value);
  const type = CONSTRAINT_TYPES.find((known) => known === fields['type']) ?? 'custom';
  const columns = listOf(fields['columns']).map(textOf);
  const toColumns = listOf(fields['to_columns']).map(textOf);
  return {
    type,
    ...optional('name', fields['name']),
    ...optional('expression', fields['expression']),
    ...(columns.length === 0 ? {} : { columns }),
    ...optional('to', fields['to']),
    ...(toColumns.length === 0 ? {} : { to_columns: toColumns }),
  };
}

function checksumOf(value: unknown): string {
  return typeof value === 'string' ? value : textOf(fieldsOf(value)['checksum']);
}

function rowsOf(artifact: unknown): readonly Fields[] {
  return listOf(fieldsOf(artifact)['results']).map(fieldsOf);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optional<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  return typeof value === 'string' && value !== ''
    ? ({ [key]: value } as { [P in K]: string })
    : {};
}

function optionalVersion<K extends string>(
  key: K,
  value: unknown,
): { readonly [P in K]?: string | number } {
  const isGiven = typeof value === 'number' || (typeof value === 'string' && value !== '');
  return isGiven ? ({ [key]: value } as { [P in K]: string | number }) : {};
}
