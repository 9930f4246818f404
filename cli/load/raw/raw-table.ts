import type { Capabilities } from '../../manifest/capabilities.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { TableColumn } from '../../sql/create-table.ts';
import { buildNames } from '../../sql/build-names.ts';
import { derivedName } from '../../sql/identifier.ts';
import { columnType } from '../values/column-type.ts';
import type { RawStreamShape, RawTableShape } from './raw-stream.ts';

/** One raw table as it stands in the server. */
export interface RawTable {
  readonly relation: Relation;
  readonly description: string;
  readonly columns: readonly TableColumn[];
  /** Columns that name a row within its account; a child's begin with those that name its parent. */
  readonly identity: readonly string[];
  /** Columns of a loaded row, in the order of its cells; the account and the time are the same in all rows. */
  readonly loaded: readonly string[];
  /** Temporary table of the writing session: the rows of a batch. */
  readonly stage: Relation;
  /** Temporary table of the writing session: keys alone. */
  readonly keys: Relation;
}

/** The raw tables of a stream. */
export interface RawTables {
  readonly parent: RawTable;
  readonly children: readonly RawTable[];
}

export const ACCOUNT_COLUMN = '_account_id';
export const SYNCED_COLUMN = '_synced_at';

/** What the tables of a stream depend on. */
export type RawTableServer = Pick<Capabilities, 'nativeJson' | 'binaryCollation'>;

const HASH_TYPE = 'char(64) character set ascii';

/** What the tables of a stream look like on a server. */
export function rawTables(shape: RawStreamShape, capabilities: RawTableServer): RawTables {
  return {
    parent: parentTable(shape, capabilities),
    children: shape.children.map((child) => childTable(shape, child, capabilities)),
  };
}

function parentTable({ table, write }: RawStreamShape, capabilities: RawTableServer): RawTable {
  const identity = table.hashedKey ? ['_key'] : table.key;
  const isVersioned = write.mode === 'upsert' && write.isVersioned;
  const own = [
    ...(table.hashedKey ? [hashColumn('_key', DIGEST_COMMENT)] : []),
    ...typedColumns(table, identity, capabilities),
    recordColumn(capabilities),
    hashColumn('_record_hash', 'SHA-256 of the record: equal records have equal hashes'),
    ...(isVersioned ? [keyText('_version', 64, VERSION_COMMENT, capabilities)] : []),
  ];
  return {
    ...namesOf(table),
    columns: [
      accountColumn(capabilities),
      ...own,
      SYNCED_AT,
      { name: '_deleted_at', type: 'datetime(6)', isNullable: true, comment: DELETED_COMMENT },
    ],
    identity,
    loaded: [...own.map(({ name }) => name), '_deleted_at'],
  };
}

function childTable(
  { table: parent }: RawStreamShape,
  child: RawTableShape,
  capabilities: RawTableServer,
): RawTable {
  const parentPart = parent.hashedKey ? ['_parent_key'] : child.key.slice(0, parent.key.length);
  const ownPart = child.hashedKey ? ['_key'] : child.key.slice(parent.key.length);
  const identity = [...parentPart, ...ownPart];
  const own = [
    ...(parent.hashedKey ? [hashColumn('_parent_key', '`_key` of the record it belongs to')] : []),
    ...(child.hashedKey ? [hashColumn('_key', DIGEST_COMMENT)] : []),
    ...typedColumns(child, identity, capabilities),
    { name: '_position', type: 'int', isNullable: false, comment: 'Place in the list, from 0' },
    recordColumn(capabilities),
  ];
  return {
    ...namesOf(child),
    columns: [accountColumn(capabilities), ...own, SYNCED_AT],
    identity,
    loaded: own.map(({ name }) => name),
  };
}

function namesOf({ relation, description }: RawTableShape) {
  const { database, name } = relation;
  return {
    relation,
    description,
    stage: buildNames(relation).batch,
    keys: { database, name: derivedName(name, '__cortex_keys') },
  };
}

/** Ids are told apart byte by byte, whatever the table's collation folds: in keys and wherever they are joined. */
function typedColumns(
  { columns }: RawTableShape,
  identity: readonly string[],
  { binaryCollation }: RawTableServer,
): readonly TableColumn[] {
  return columns.map(({ name, type, description }) => {
    const isKey = identity.includes(name);
    const isText = columnType(type).kind === 'text' && !/\bcollate\b|\bcharacter set\b/i.test(type);
    const isId = isKey || /(^|_)id$/.test(name);
    return {
      name,
      type,
      isNullable: !isKey,
      comment: description,
      ...(isText && isId ? { collation: binaryCollation } : {}),
    };
  });
}

const DIGEST_COMMENT = 'SHA-256 of the key columns';
const VERSION_COMMENT = 'Grows with every change: an older copy never overwrites a newer one';
const DELETED_COMMENT = 'UTC, when the record was first seen to be gone; NULL while it exists';

const SYNCED_AT: TableColumn = {
  name: SYNCED_COLUMN,
  type: 'datetime(6)',
  isNullable: false,
  comment: 'UTC by this server, begin of the read that last changed the row',
};

/**
 * Documents are kept in the server's binary JSON where it has one: it costs 1.6 times the loading of text and
 * reads 15 times as fast. Elsewhere JSON is text with a check, which what Cortex wrote itself does not need.
 */
function recordColumn({ nativeJson }: RawTableServer): TableColumn {
  return {
    name: '_record',
    type: nativeJson ? 'json' : 'longtext',
    isNullable: false,
    ...(nativeJson ? {} : { collation: 'utf8mb4_bin' }),
    comment: 'The whole record as JSON, with the fields that have no column',
  };
}

function accountColumn(capabilities: RawTableServer): TableColumn {
  return keyText(ACCOUNT_COLUMN, 128, 'Id of the account at the platform', capabilities);
}

function keyText(
  name: string,
  characters: number,
  comment: string,
  { binaryCollation }: RawTableServer,
): TableColumn {
  const type = `varchar(${characters})`;
  return { name, type, isNullable: false, collation: binaryCollation, comment };
}

function hashColumn(name: string, comment: string): TableColumn {
  return { name, type: HASH_TYPE, isNullable: false, collation: 'ascii_bin', comment };
}
