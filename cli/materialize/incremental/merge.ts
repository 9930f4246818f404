import { columnList } from '../../sql/create-table.ts';
import { identifier, relationSql } from '../../sql/identifier.ts';
import type { NodeConfig } from '../../manifest/node-config.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { BuildInput, StatementRunner } from '../materialization.ts';
import type { Batch } from './batch.ts';
import { refuseRepeatedKeys } from './batch.ts';
import { BATCH_ALIAS, matchCondition, TARGET_ALIAS } from './match.ts';

/**
 * Updates the rows whose key is in the batch and inserts the others. One upsert when the key is the
 * table's only unique key; otherwise an update by join and an insert of what matched nothing, since
 * an upsert would react to the wrong index, or to none.
 */
export async function merge(
  input: BuildInput,
  batch: Batch,
  target: Relation,
  runner: StatementRunner,
): Promise<number> {
  await refuseRepeatedKeys(input.node, batch, runner);
  if (batch.living !== undefined) await removeDead(input, batch, target, runner);
  const updated = updatedColumns(input.node.config, batch);
  const hasPredicates = (input.node.config.incremental_predicates ?? []).length > 0;
  if (!hasPredicates && (await isOnlyUniqueKey(target, batch.key, runner))) {
    return upsert(batch, target, updated, runner);
  }
  return updateThenInsert(input, batch, target, { updated, runner });
}

/** Takes what tombstones name out of the table, and the tombstones out of the batch. */
async function removeDead(
  input: BuildInput,
  { key, relation, living }: Batch,
  target: Relation,
  runner: StatementRunner,
): Promise<void> {
  const rows = relationSql(relation);
  await runner.execute(
    `delete ${TARGET_ALIAS} from ${relationSql(target)} as ${TARGET_ALIAS}\n` +
      `join ${rows} as ${BATCH_ALIAS}\n` +
      `on ${matchCondition(key, input.node.config)}\nwhere not (${living ?? 'true'})`,
  );
  await runner.execute(`delete from ${rows} where not (${living ?? 'true'})`);
}

function updatedColumns(config: NodeConfig, batch: Batch): readonly string[] {
  const only = config.merge_update_columns;
  const except = new Set([...(config.merge_exclude_columns ?? []), ...batch.key]);
  return only ?? batch.columns.filter((column) => !except.has(column));
}

/** Rows go in ordered by key, so that several writers cannot deadlock on them. */
async function upsert(
  batch: Batch,
  target: Relation,
  updated: readonly string[],
  runner: StatementRunner,
): Promise<number> {
  const columns = columnList(batch.columns);
  const key = identifier(batch.key[0] ?? '');
  const table = identifier(target.name);
  const assignments = updated.map((column) => `${identifier(column)} = n.${identifier(column)}`);
  const changes =
    assignments.length > 0 ? assignments.join(', ') : `${table}.${key} = ${table}.${key}`;
  await runner.execute(
    `insert into ${relationSql(target)} (${columns})\n` +
      `select ${columns} from (select ${columns} from ${relationSql(batch.relation)}) as n\n` +
      `order by ${columnList(batch.key)}\n` +
      `on duplicate key update ${changes}`,
  );
  return batch.rows;
}

async function updateThenInsert(
  input: BuildInput,
  batch: Batch,
  target: Relation,
  { updated, runner }: { updated: readonly string[]; runner: StatementRunner },
): Promise<number> {
  const on = matchCondition(batch.key, input.node.config);
  const join = (kind: string, from: string, joined: string) =>
    `${from}\n${kind} ${joined}\non ${on}`;
  const targetTable = `${relationSql(target)} as ${TARGET_ALIAS}`;
  const batchTable = `${relationSql(batch.relation)} as ${BATCH_ALIAS}`;
  const columns = columnList(batch.columns);
  if (updated.length > 0) {
    const assignments = updated.map(
      (column) => `${TARGET_ALIAS}.${identifier(column)} = ${BATCH_ALIAS}.${identifier(column)}`,
    );
    await runner.execute(
      `update ${join('join', targetTable, batchTable)}\nset ${assignments.join(', ')}`,
    );
  }
  const selected = batch.columns.map((column) => `${BATCH_ALIAS}.${identifier(column)}`).join(', ');
  const unmatched = `${TARGET_ALIAS}.${identifier(batch.key[0] ?? '')} is null`;
  await runner.execute(
    `insert into ${relationSql(target)} (${columns})\nselect ${selected} from ${join('left join', batchTable, targetTable)}\nwhere ${unmatched}`,
  );
  return batch.rows;
}

async function isOnlyUniqueKey(
  target: Relation,
  key: readonly string[],
  runner: StatementRunner,
): Promise<boolean> {
  const rows = await runner.query(`show index from ${relationSql(target)}`);
  const unique = new Map<string, { column: string; isWhole: boolean }[]>();
  for (const row of rows) {
    if (String(row['Non_unique']) !== '0') continue;
    const name = String(row['Key_name']);
    const part = { column: String(row['Column_name']), isWhole: row['Sub_part'] === null };
    unique.set(name, [...(unique.get(name) ?? []), part]);
  }
  const indexes = [...unique.values()];
  const wanted = new Set(key.map((column) => column.toLowerCase()));
  return (
    indexes.length === 1 &&
    indexes[0]?.length === wanted.size &&
    indexes[0].every((part) => part.isWhole && wanted.has(part.column.toLowerCase()))
  );
}
