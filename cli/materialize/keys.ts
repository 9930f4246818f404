import type { NodeConfig } from '../manifest/node-config.ts';

/** A key of the configuration as a list, each column once: `id`, `[id, day]` or nothing. */
export function asList(key: string | readonly string[] | undefined): readonly string[] {
  if (key === undefined) return [];
  return [...new Set(typeof key === 'string' ? [key] : key)];
}

/** The columns that identify a row of an incremental model. */
export function mergeKeyOf(config: NodeConfig): readonly string[] {
  return config.materialized === 'incremental' ? asList(config.unique_key) : [];
}
