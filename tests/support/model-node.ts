import type { NodeConfig } from '../../cli/manifest/node-config.ts';
import type { ModelNode } from '../../cli/manifest/node.ts';

/** A model as parse would leave it, for tests that need one without a project. */
export function modelNode(
  name: string,
  details: {
    database?: string;
    config?: NodeConfig;
    description?: string;
    columns?: ModelNode['columns'];
  } = {},
): ModelNode {
  return {
    id: `model.shop.${name}`,
    resourceType: 'model',
    language: 'sql',
    name,
    packageName: 'shop',
    fqn: ['shop', name],
    path: `models/${name}.sql`,
    description: details.description ?? '',
    tags: [],
    meta: {},
    config: details.config ?? {},
    unrenderedConfig: {},
    dependsOn: [],
    macros: [],
    checksum: '',
    columns: details.columns ?? [],
    relation: { database: details.database ?? 'shop', name },
    constraints: [],
    rawCode: '',
    refs: [],
    sources: [],
    access: 'protected',
  };
}
