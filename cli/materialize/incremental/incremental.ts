import type { ChangedRows } from '../../manifest/changed-rows.ts';
import type { ModelNode } from '../../manifest/node.ts';
import { addIndexesSql, columnList, createTableSql } from '../../sql/create-table.ts';
import { relationSql } from '../../sql/identifier.ts';
import { cortexError } from '../../kernel/errors.ts';
import type { CatalogRelation, Relation } from '../../manifest/relation.ts';
import { checkColumns } from '../check-columns.ts';
import type { InferredColumn } from '../infer-columns.ts';
import { inferColumns } from '../infer-columns.ts';
import { mergeKeyOf } from '../keys.ts';
import { keyIndexes } from '../key-index.ts';
import type { BuildInput, Built, Materialization, StatementRunner } from '../materialization.ts';
import { buildTable } from '../table.ts';
import { tableDesign } from '../table-design.ts';
import { STRATEGIES } from './apply.ts';
import type { Batch } from './batch.ts';
import { stageBatch, tombstoneOf } from './batch.ts';
import { schemaChange } from './schema-change.ts';
import { strategyOf } from './strategy.ts';

/**
 * A table that grows: the first build and a full refresh make it whole, like a table; later runs stage
 * the new rows and apply them inside one transaction that the tests see before it commits.
 */
export const incremental: Materialization = {
  name: 'incremental',
  relationKind: 'table',
  async build(input, runner) {
    requireKey(input);
    if (!input.isIncremental || input.current === undefined) return buildTable(input, runner);
    return applyBatch(input, input.current, runner);
  },
};

async function applyBatch(
  input: BuildInput,
  current: CatalogRelation,
  runner: StatementRunner,
): Promise<Built> {
  const { node, compiled, names, capabilities } = input;
  const query = await inferColumns(compiled.sql, names.batch, runner, capabilities);
  const tombstone = tombstoneOf(node, query);
  const stored = query.filter((column) => !tombstone.includes(column));
  checkColumns(node, stored);
  const change = schemaChange(node, current.columns, stored);
  if (change.kind === 'reshape') return applyToReshapedCopy(input, { change, query }, runner);
  const shape = { columns: change.columns, key: mergeKeyOf(node.config), query };
  const batch = await stageBatch(input, shape, current.columns, runner);
  await runner.execute('start transaction');
  const rows = await STRATEGIES[strategyOf(node.config)](input, batch, node.relation, runner);
  const changed = changedRows(node, batch, current);
  return {
    kind: 'transaction',
    rows,
    action: actionOf(input),
    ...(changed === undefined ? {} : { changed }),
  };
}

/** The batch, where the rows of the table are what stands in it: a merge may write some columns only, or clear the batch. */
function changedRows(
  { config }: ModelNode,
  { relation, columns, living }: Batch,
  current: CatalogRelation,
): ChangedRows | undefined {
  const isPartial =
    strategyOf(config) === 'merge' &&
    (living !== undefined ||
      config.merge_update_columns !== undefined ||
      config.merge_exclude_columns !== undefined);
  if (isPartial || columns.length < current.columns.length) return undefined;
  return { batch: relation, ...(living === undefined ? {} : { written: living }) };
}

/**
 * The table's columns change with the batch. DDL cannot be rolled back, so the rows are copied into a
 * new table of the new shape, the batch is applied there, and the whole is published like a table.
 */
async function applyToReshapedCopy(
  input: BuildInput,
  reshaping: {
    change: { columns: readonly InferredColumn[]; kept: readonly string[] };
    query: readonly InferredColumn[];
  },
  runner: StatementRunner,
): Promise<Built> {
  const { node, names } = input;
  const { change, query } = reshaping;
  const design = tableDesign(node, change.columns, names.shadow, input);
  const indexes = addIndexesSql(names.shadow, [
    ...(node.config.indexes ?? []),
    ...keyIndexes(node, design.columns),
  ]);
  await runner.execute(createTableSql(design));
  await copyRows(node.relation, names.shadow, change.kept, runner);
  if (indexes !== undefined) await runner.execute(indexes);
  const typed = design.columns.map((column) => ({ ...column, comment: column.comment ?? '' }));
  const shape = {
    columns: query
      .filter((column) => !tombstoneOf(node, query).includes(column))
      .map((column) => column.name),
    key: mergeKeyOf(node.config),
    query,
  };
  const batch = await stageBatch(input, shape, typed, runner);
  const rows = await STRATEGIES[strategyOf(node.config)](input, batch, names.shadow, runner);
  const { columns } = design;
  return { kind: 'shadow', relationKind: 'table', rows, action: actionOf(input), columns };
}

async function copyRows(
  from: Relation,
  to: Relation,
  columns: readonly string[],
  runner: StatementRunner,
): Promise<void> {
  runner.filling(to);
  const list = columnList(columns);
  await runner.execute(
    `insert into ${relationSql(to)} (${list})\nselect ${list} from ${relationSql(from)}`,
  );
}

function actionOf(input: BuildInput): 'appended' | 'merged' {
  return strategyOf(input.node.config) === 'append' ? 'appended' : 'merged';
}

function requireKey({ node }: BuildInput): void {
  if (strategyOf(node.config) !== 'merge' || mergeKeyOf(node.config).length > 0) return;
  throw cortexError('CX4026', `\`${node.name}\` merges but has no \`unique_key\``, {
    span: node.span,
    node: node.id,
    hint: 'name the columns that identify a row: `unique_key: order_id`',
  });
}
