import { concatSql } from '../kernel/rendered-sql.ts';
import { addIndexesSql, columnList, createTableSql } from '../sql/create-table.ts';
import { relationSql } from '../sql/identifier.ts';
import { checkColumns } from './check-columns.ts';
import { inferColumns } from './infer-columns.ts';
import type { BuildInput, Built, Materialization, StatementRunner } from './materialization.ts';
import { tableDesign } from './table-design.ts';
import { keyIndexes } from './key-index.ts';

/** A table: created with explicit types, filled, indexed, then published whole. */
export const table: Materialization = {
  name: 'table',
  relationKind: 'table',
  build: buildTable,
};

/**
 * Builds the whole table under the shadow name. The rows go in before the secondary indexes, which
 * halves the time of an indexed build; the primary key is there from the start, since adding it
 * later rebuilds the table.
 */
export async function buildTable(input: BuildInput, runner: StatementRunner): Promise<Built> {
  const { node, compiled, names, capabilities, current } = input;
  const inferred = await inferColumns(compiled.sql, names.batch, runner, capabilities);
  checkColumns(node, inferred);
  const design = tableDesign(node, inferred, names.shadow, input);
  const indexes = addIndexesSql(names.shadow, [
    ...(node.config.indexes ?? []),
    ...keyIndexes(node, design.columns),
  ]);
  const columns = columnList(design.columns.map((column) => column.name));
  runner.filling(names.shadow);
  const [, filled] = await runner.sendEach([
    createTableSql(design),
    concatSql(`insert into ${relationSql(names.shadow)} (${columns})\n`, compiled.sql),
  ]);
  if (indexes !== undefined) await runner.execute(indexes);
  return {
    kind: 'shadow',
    relationKind: 'table',
    rows: filled?.affectedRows ?? 0,
    columns: design.columns,
    action: current === undefined ? 'created' : 'rebuilt',
  };
}
