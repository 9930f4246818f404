import { cortexError } from '../../kernel/errors.ts';
import { concatSql } from '../../kernel/rendered-sql.ts';
import type { RenderedSql } from '../../kernel/rendered-sql.ts';
import type { CatalogColumn, Relation } from '../../manifest/relation.ts';
import type { ModelNode } from '../../manifest/node.ts';
import { columnDefinition, columnList } from '../../sql/create-table.ts';
import { identifier, relationSql } from '../../sql/identifier.ts';
import type { InferredColumn } from '../infer-columns.ts';
import { HIDDEN_KEY } from '../infer-columns.ts';
import type { BuildInput, StatementRunner } from '../materialization.ts';

/** A batch of new rows in a temporary table of the session, ready to be applied. */
export interface Batch {
  readonly relation: Relation;
  /** Columns that are written to the target, in order. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly rows: number;
  /** True of rows that are written; the others only say that what has their key is gone. */
  readonly living?: string;
}

/**
 * Runs the query once into a temporary table whose columns have the target's types, indexed by the
 * key, so that both sides of every later comparison are of one type and collation.
 */
export async function stageBatch(
  input: BuildInput,
  written: BatchShape,
  targetColumns: readonly CatalogColumn[],
  runner: StatementRunner,
): Promise<Batch> {
  const { batch } = input.names;
  const tombstone = tombstoneOf(input.node, written.query);
  const shape = { ...written, columns: [...written.columns, ...tombstone.map(({ name }) => name)] };
  const typed = new Map(
    [...targetColumns, ...tombstone].map((column) => [column.name.toLowerCase(), column]),
  );
  const definitions = shape.columns.map((name) => {
    const column = typed.get(name.toLowerCase());
    return columnDefinition({
      name,
      type: column?.type ?? 'text',
      isNullable: true,
      ...(column?.collation === undefined ? {} : { collation: column.collation }),
    });
  });
  const hidden = input.capabilities.requiresPrimaryKey
    ? [`${identifier(HIDDEN_KEY)} bigint unsigned not null auto_increment primary key`]
    : [];
  const index = shape.key.length > 0 ? [`index (${columnList(shape.key)})`] : [];
  await runner.execute(`drop temporary table if exists ${relationSql(batch)}`);
  await runner.execute(
    `create temporary table ${relationSql(batch)} (\n  ${[...definitions, ...hidden, ...index].join(',\n  ')}\n) engine = InnoDB`,
  );
  const staged = await runner.execute(
    concatSql(
      `insert into ${relationSql(batch)} (${columnList(shape.columns)})\n`,
      selectColumns(input.compiled.sql, shape),
    ),
  );
  const [dead] = tombstone;
  return {
    relation: batch,
    columns: written.columns,
    key: written.key,
    rows: staged.affectedRows,
    ...(dead === undefined ? {} : { living: `coalesce(${identifier(dead.name)}, 0) = 0` }),
  };
}

interface BatchShape {
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly query: readonly InferredColumn[];
}

/** The model's `tombstone_column` where its query returns it, as a list of none or one. */
export function tombstoneOf(
  { config }: ModelNode,
  query: readonly InferredColumn[],
): readonly InferredColumn[] {
  const name = config.tombstone_column?.toLowerCase();
  return query.filter((column) => column.name.toLowerCase() === name);
}

/** The query itself when all its columns are written in order, else a selection from it. */
function selectColumns(
  query: RenderedSql,
  shape: { readonly columns: readonly string[]; readonly query: readonly InferredColumn[] },
): RenderedSql {
  const isWhole =
    shape.columns.length === shape.query.length &&
    shape.columns.every((name, position) => shape.query[position]?.name === name);
  return isWhole
    ? query
    : concatSql(`select ${columnList(shape.columns)} from (\n`, query, '\n) as q');
}

/** Merging would silently keep one of several rows with the same key: CX4025 refuses before it writes. */
export async function refuseRepeatedKeys(
  node: ModelNode,
  batch: Batch,
  runner: StatementRunner,
): Promise<void> {
  const key = columnList(batch.key);
  const known = batch.key.map((column) => `${identifier(column)} is not null`).join(' and ');
  const repeated = await runner.query(
    `select ${key}, count(*) as cortex_rows from ${relationSql(batch.relation)} where ${known} group by ${key} having count(*) > 1 limit 3`,
  );
  if (repeated.length === 0) return;
  const examples = repeated.map((row) => {
    const values = batch.key.map((column) => `${column} = ${String(row[column])}`).join(', ');
    return `${values}: ${String(row['cortex_rows'])} rows`;
  });
  throw cortexError('CX4025', `the new rows of \`${node.name}\` repeat its \`unique_key\``, {
    span: node.span,
    node: node.id,
    notes: [...examples, `\`${node.relation.name}\` keeps its previous contents`],
    hint: 'keep one row for each key in the query (the `deduplicate` macro does), or use `incremental_strategy: delete+insert`',
  });
}
