import type { ManifestNode } from '../manifest/node.ts';

type Config = Readonly<Record<string, unknown>>;

const SHARED: Config = { enabled: true };

/** What a node is taken to be configured with where nobody said anything: dbt's defaults. */
const DEFAULTS: Readonly<Partial<Record<ManifestNode['resourceType'], Config>>> = {
  model: { ...SHARED, materialized: 'view', on_schema_change: 'ignore', access: 'protected' },
  seed: { ...SHARED, materialized: 'seed', on_schema_change: 'ignore' },
  snapshot: { ...SHARED, materialized: 'snapshot', on_schema_change: 'ignore' },
  test: {
    ...SHARED,
    materialized: 'test',
    severity: 'ERROR',
    fail_calc: 'count(*)',
    warn_if: '!= 0',
    error_if: '!= 0',
  },
  analysis: { ...SHARED, materialized: 'view' },
  operation: { ...SHARED, materialized: 'view' },
};

/** A node's configuration with defaults, and with what the node keeps outside of it. */
export function selectableConfig(node: ManifestNode): unknown {
  return {
    ...(DEFAULTS[node.resourceType] ?? SHARED),
    tags: node.tags,
    meta: node.meta,
    ...(node.group === undefined ? {} : { group: node.group }),
    ...(node.resourceType === 'model' ? { access: node.access } : {}),
    ...node.config,
  };
}
