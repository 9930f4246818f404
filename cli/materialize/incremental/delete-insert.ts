import { relationSql } from '../../sql/identifier.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { BuildInput, StatementRunner } from '../materialization.ts';
import { append } from './append.ts';
import type { Batch } from './batch.ts';
import { BATCH_ALIAS, matchCondition, TARGET_ALIAS } from './match.ts';

/**
 * Deletes the rows whose key is in the batch, then inserts the batch (repeated keys included). A join
 * and not `in (select …)`: MariaDB runs the latter as a full scan of the target.
 */
export async function deleteInsert(
  input: BuildInput,
  batch: Batch,
  target: Relation,
  runner: StatementRunner,
): Promise<number> {
  if (batch.key.length > 0) {
    await runner.execute(
      `delete ${TARGET_ALIAS} from ${relationSql(target)} as ${TARGET_ALIAS}\n` +
        `join ${relationSql(batch.relation)} as ${BATCH_ALIAS}\n` +
        `on ${matchCondition(batch.key, input.node.config)}`,
    );
  }
  return append(input, batch, target, runner);
}
