import type { Json } from '../kernel/json.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { searchName } from './node-names.ts';
import { nodeRecord } from './node-record.ts';

const LIST_OUTPUTS = ['selector', 'name', 'path', 'json'] as const;

export type ListOutput = (typeof LIST_OUTPUTS)[number];

/** The keys of `--output json` when `--output-keys` names none. */
const DEFAULT_KEYS = [
  'alias',
  'name',
  'package_name',
  'depends_on',
  'direct_parents',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
];

/** What `ls` prints, one line per node in the order given; `outputKeys` may be dotted. */
export function listNodes(
  nodes: Iterable<ManifestNode>,
  options: { readonly output: ListOutput; readonly outputKeys?: readonly string[] },
): string[] {
  const keys = options.outputKeys?.length ? options.outputKeys : DEFAULT_KEYS;
  return [...nodes].map((node) => {
    switch (options.output) {
      case 'selector':
        return selectorOf(node);
      case 'name':
        return searchName(node);
      case 'path':
        return node.path;
      case 'json':
        return JSON.stringify(picked(nodeRecord(node), keys));
    }
  });
}

/** The wanted keys that none of the nodes has. */
export function keysOfNoNode(
  nodes: Iterable<ManifestNode>,
  keys: readonly string[],
): { readonly unknown: readonly string[]; readonly known: readonly string[] } {
  const records = [...nodes].map(nodeRecord);
  const has = (key: string) => records.some((record) => valueAt(record, key) !== undefined);
  return {
    unknown: records.length === 0 ? [] : keys.filter((key) => !has(key)),
    known: [...new Set(records.flatMap((record) => Object.keys(record)))],
  };
}

/** What selects just this node. */
function selectorOf(node: ManifestNode): string {
  switch (node.resourceType) {
    case 'source':
      return `source:${node.packageName}.${node.sourceName}.${node.name}`;
    case 'exposure':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'unit_test':
      return `${node.resourceType}:${node.packageName}.${node.name}`;
    case 'model':
    case 'seed':
    case 'snapshot':
    case 'test':
    case 'operation':
    case 'analysis':
    case 'function':
      return node.fqn.join('.');
  }
}

/** The wanted keys in the order asked for; those that the node lacks are left out. */
function picked(
  record: Readonly<Record<string, Json>>,
  keys: readonly string[],
): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const key of keys) {
    const value = valueAt(record, key);
    if (value !== undefined && !(value === null && key.includes('.'))) found[key] = value;
  }
  return found;
}

function valueAt(record: Readonly<Record<string, Json>>, key: string): Json | undefined {
  return key.split('.').reduce(step, record);
}

function step(value: Json | undefined, key: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, Json>>)[key] : undefined;
}
