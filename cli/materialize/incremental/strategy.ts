import type { IncrementalStrategy, NodeConfig } from '../../manifest/node-config.ts';
import { asList } from '../keys.ts';

/** The strategy that a model asks for; without one, merge where there is a `unique_key`, else append. */
export function strategyOf(config: NodeConfig): IncrementalStrategy {
  return config.incremental_strategy ?? (asList(config.unique_key).length > 0 ? 'merge' : 'append');
}
