import { columnList } from '../../sql/create-table.ts';
import { relationSql } from '../../sql/identifier.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { BuildInput, StatementRunner } from '../materialization.ts';
import type { Batch } from './batch.ts';

/** Adds the batch's rows, tombstones apart; nothing that stands is touched. */
export async function append(
  _input: BuildInput,
  batch: Batch,
  target: Relation,
  runner: StatementRunner,
): Promise<number> {
  const columns = columnList(batch.columns);
  const added = await runner.execute(
    `insert into ${relationSql(target)} (${columns})\nselect ${columns} from ${relationSql(batch.relation)}` +
      (batch.living === undefined ? '' : `\nwhere ${batch.living}`),
  );
  return added.affectedRows;
}
