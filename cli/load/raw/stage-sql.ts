import type { Relation } from '../../manifest/relation.ts';
import type { TableColumn } from '../../sql/create-table.ts';
import { columnDefinition, columnList } from '../../sql/create-table.ts';
import { relationSql } from '../../sql/identifier.ts';
import type { RawTable, RawTables } from './raw-table.ts';

/** Number of the batch that a staged row came with: a parent that is read again brings new children. */
export const BATCH_COLUMN = '_batch';
/** What becomes of a staged row: see `Action`. */
export const ACTION_COLUMN = '_action';

/** Values of `_action`. */
export const ACTION = { none: 0, add: 1, update: 2 } as const;

const BATCH: TableColumn = { name: BATCH_COLUMN, type: 'int', isNullable: false };

/**
 * Temporary tables that rows of a batch stand in before they are merged: they go with the session, whatever
 * becomes of it. Charset and collation are those of the raw tables, so that keys compare alike.
 */
export function stageTables({ parent, children }: RawTables, defaults: StageDefaults): StageTables {
  const action = `${columnDefinition({ name: ACTION_COLUMN, type: 'tinyint', isNullable: false })} default ${ACTION.add}`;
  const rows = [
    temporaryTable(parent.stage, loadedColumns(parent), defaults, [
      columnDefinition(BATCH),
      action,
      `primary key (${columnList(parent.identity)})`,
    ]),
    ...children.map((child) =>
      temporaryTable(child.stage, loadedColumns(child), defaults, [
        columnDefinition(BATCH),
        `primary key (${columnList([...child.identity, BATCH_COLUMN])})`,
      ]),
    ),
  ];
  const keys = temporaryTable(parent.keys, keyColumns(parent), defaults, [
    `primary key (${columnList(parent.identity)})`,
  ]);
  return { rows, keys: [keys] };
}

/** Tables that rows wait in, and the one for keys alone. */
export interface StageTables {
  readonly rows: readonly StageTable[];
  readonly keys: readonly StageTable[];
}

interface StageTable {
  readonly relation: Relation;
  /** The statement that makes it. */
  readonly create: string;
}

export interface StageDefaults {
  readonly charset: string;
  readonly collation: string;
}

function temporaryTable(
  relation: Relation,
  columns: readonly TableColumn[],
  { charset, collation }: StageDefaults,
  more: readonly string[],
): StageTable {
  const lines = [...columns.map(columnDefinition), ...more];
  const create = `create temporary table ${relationSql(relation)} (\n  ${lines.join(',\n  ')}\n) engine=InnoDB default charset=${charset} collate=${collation}`;
  return { relation, create };
}

function loadedColumns({ columns, loaded }: RawTable): readonly TableColumn[] {
  return loaded.flatMap((name) => plain(columns.find((column) => column.name === name)));
}

function keyColumns({ columns, identity }: RawTable): readonly TableColumn[] {
  return identity.flatMap((name) => plain(columns.find((column) => column.name === name)));
}

function plain(column: TableColumn | undefined): readonly TableColumn[] {
  if (column === undefined) return [];
  const { name, type, isNullable, collation } = column;
  return [{ name, type, isNullable, ...(collation === undefined ? {} : { collation }) }];
}
