import type { NodeConfig } from '../../manifest/node-config.ts';
import { identifier } from '../../sql/identifier.ts';

/** The names by which `incremental_predicates` speak of the table and of the batch: dbt's own. */
export const TARGET_ALIAS = 'DBT_INTERNAL_DEST';
export const BATCH_ALIAS = 'DBT_INTERNAL_SOURCE';

/** `target.key = batch.key and …`, with the model's `incremental_predicates`. NULL keys never match. */
export function matchCondition(key: readonly string[], config: NodeConfig): string {
  const equalities = key.map(
    (column) => `${TARGET_ALIAS}.${identifier(column)} = ${BATCH_ALIAS}.${identifier(column)}`,
  );
  const predicates = (config.incremental_predicates ?? []).map((predicate) => `(${predicate})`);
  return [...equalities, ...predicates].join(' and ');
}
