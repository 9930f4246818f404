import { columnList } from '../../sql/create-table.ts';
import { identifier, relationSql } from '../../sql/identifier.ts';
import { literal } from '../../sql/literal.ts';
import type { RawTable, RawTables } from './raw-table.ts';
import { ACCOUNT_COLUMN, SYNCED_COLUMN } from './raw-table.ts';
import { ACTION, ACTION_COLUMN, BATCH_COLUMN } from './stage-sql.ts';

/** Whose rows are written, and what `_synced_at` says in them. */
export interface MergeContext {
  readonly accountId: string;
  /**
   * When the read began, by the server's clock, UTC, as it writes it. Between copies of one version it decides: what
   * was read earlier never takes the place of what was read later, however late it is written.
   */
  readonly syncedAt: string;
}

/** Rows of a replaced window: `from` is part of it, `to` is not. */
export interface ReplacedWindow {
  readonly column: string;
  readonly from: string;
  readonly to: string;
}

const s = (column: string) => `s.${identifier(column)}`;
const t = (column: string) => `t.${identifier(column)}`;

/**
 * Decides what becomes of each staged row: nothing where an equal or a newer one stands. The joins start at the
 * stage, which the server knows nothing about, and look rows up by their keys.
 */
export function classifySql({ parent }: RawTables, context: MergeContext): string {
  const isSame = `${t('_record_hash')} = ${s('_record_hash')} and (${t('_deleted_at')} is null) = (${s('_deleted_at')} is null)`;
  const isReadSince = `${t(SYNCED_COLUMN)} > ${literal(context.syncedAt)}`;
  const isOlder = parent.loaded.includes('_version')
    ? `${t('_version')} > ${s('_version')} or (${t('_version')} = ${s('_version')} and ${isReadSince})`
    : isReadSince;
  return [
    `update ${relationSql(parent.stage)} as s straight_join ${relationSql(parent.relation)} as t`,
    `  on ${sameRow(parent, context)}`,
    `set ${s(ACTION_COLUMN)} = if(${isOlder} or (${isSame}), ${ACTION.none}, ${ACTION.update})`,
  ].join('\n');
}

export function countActionsSql({ parent }: RawTables): string {
  return `select ${identifier(ACTION_COLUMN)} as action, count(*) as n from ${relationSql(parent.stage)} group by 1`;
}

/** Children of parents that change go, and those that came with the parent take their place. */
export function replaceChildrenSql(
  { parent, children }: RawTables,
  context: MergeContext,
  hasUpdates: boolean,
): readonly string[] {
  return children.flatMap((child) => [
    ...(hasUpdates
      ? [
          [
            `delete t from ${relationSql(parent.stage)} as s straight_join ${relationSql(child.relation)} as t`,
            `  on ${sameParent(parent, child, context)}`,
            `where ${s(ACTION_COLUMN)} = ${ACTION.update}`,
          ].join('\n'),
        ]
      : []),
    [
      insertInto(child),
      `select ${child.loaded.map(t).join(', ')}, ${constants(context)}`,
      `from ${relationSql(parent.stage)} as s straight_join ${relationSql(child.stage)} as t`,
      `  on ${parentMatch(parent, child)} and ${t(BATCH_COLUMN)} = ${s(BATCH_COLUMN)}`,
      `where ${s(ACTION_COLUMN)} > ${ACTION.none}`,
    ].join('\n'),
  ]);
}

/** Adds new rows and changes those that differ; `_deleted_at` stays as it was first said, and where a later read said it. */
export function mergeParentsSql({ parent }: RawTables, context: MergeContext): string {
  const there = (column: string) => `${relationSql(parent.relation)}.${identifier(column)}`;
  const changes = parent.loaded
    .filter((column) => !parent.identity.includes(column))
    .map((column) =>
      column === '_deleted_at'
        ? `${there(column)} = if(${s(column)} is null, if(${there(column)} > ${literal(context.syncedAt)}, ${there(column)}, null), coalesce(${there(column)}, ${s(column)}))`
        : `${there(column)} = ${s(column)}`,
    );
  return [
    insertInto(parent),
    `select ${parent.loaded.map(s).join(', ')}, ${constants(context)}`,
    `from ${relationSql(parent.stage)} as s`,
    `where ${s(ACTION_COLUMN)} > ${ACTION.none}`,
    `on duplicate key update ${[...changes, `${there(SYNCED_COLUMN)} = ${literal(context.syncedAt)}`].join(', ')}`,
  ].join('\n');
}

/** Removes rows of a window that were not read again, children first. The last statement removes the records. */
export function removeVanishedSql(
  { parent, children }: RawTables,
  context: MergeContext,
  window: ReplacedWindow,
): readonly string[] {
  const column = t(window.column);
  const vanished = [
    `from ${relationSql(parent.relation)} as t`,
    `  left join ${relationSql(parent.stage)} as s on ${keyMatch(parent.identity)}`,
  ];
  const where = `where ${t(ACCOUNT_COLUMN)} = ${literal(context.accountId)} and ${column} >= ${literal(window.from)} and ${column} < ${literal(window.to)} and ${s(parent.identity[0] ?? '')} is null`;
  return [
    ...children.map((child) =>
      [
        'delete c',
        ...vanished,
        `  join ${relationSql(child.relation)} as c on c.${identifier(ACCOUNT_COLUMN)} = ${t(ACCOUNT_COLUMN)} and ${pairs(
          parent,
          child,
        )
          .map(([own, parents]) => `c.${identifier(own)} = ${t(parents)}`)
          .join(' and ')}`,
        where,
      ].join('\n'),
    ),
    ['delete t', ...vanished, where].join('\n'),
  ];
}

/** Marks what a complete read did not see. `keysOf` is the table with the keys that it saw. */
export function markUnseenSql(
  { parent }: RawTables,
  context: MergeContext,
  keysOf: 'stage' | 'keys',
): string {
  return [
    `update ${relationSql(parent.relation)} as t left join ${relationSql(parent[keysOf])} as s on ${keyMatch(parent.identity)}`,
    `set ${markDeleted(context)}`,
    `where ${t(ACCOUNT_COLUMN)} = ${literal(context.accountId)} and ${t('_deleted_at')} is null and ${s(parent.identity[0] ?? '')} is null and ${isUnchangedSince(context)}`,
  ].join('\n');
}

/** Marks the records whose keys stand in the table of keys, as `markUnseenSql` does. */
export function markDeletedSql({ parent }: RawTables, context: MergeContext): string {
  return [
    `update ${relationSql(parent.keys)} as s straight_join ${relationSql(parent.relation)} as t`,
    `  on ${sameRow(parent, context)}`,
    `set ${markDeleted(context)}`,
    `where ${t('_deleted_at')} is null and ${isUnchangedSince(context)}`,
  ].join('\n');
}

/** What a later read changed was there when that one saw it. */
function isUnchangedSince({ syncedAt }: MergeContext): string {
  return `${t(SYNCED_COLUMN)} <= ${literal(syncedAt)}`;
}

/** A row that is marked has changed: what is built incrementally from it sees that. */
function markDeleted({ syncedAt }: MergeContext): string {
  return `${t('_deleted_at')} = ${literal(syncedAt)}, ${t(SYNCED_COLUMN)} = ${literal(syncedAt)}`;
}

function insertInto({ relation, loaded }: RawTable): string {
  return `insert into ${relationSql(relation)} (${columnList([...loaded, ACCOUNT_COLUMN, SYNCED_COLUMN])})`;
}

function constants({ accountId, syncedAt }: MergeContext): string {
  return `${literal(accountId)}, ${literal(syncedAt)}`;
}

function sameRow({ identity }: RawTable, { accountId }: MergeContext): string {
  return `${t(ACCOUNT_COLUMN)} = ${literal(accountId)} and ${keyMatch(identity)}`;
}

function keyMatch(identity: readonly string[]): string {
  return identity.map((column) => `${t(column)} = ${s(column)}`).join(' and ');
}

function sameParent(parent: RawTable, child: RawTable, { accountId }: MergeContext): string {
  return `${t(ACCOUNT_COLUMN)} = ${literal(accountId)} and ${parentMatch(parent, child)}`;
}

function parentMatch(parent: RawTable, child: RawTable): string {
  return pairs(parent, child)
    .map(([own, parents]) => `${t(own)} = ${s(parents)}`)
    .join(' and ');
}

/** Columns of a child and those of its parent that they equal. */
function pairs(parent: RawTable, child: RawTable): readonly (readonly [string, string])[] {
  return parent.identity.map((column, index) => [child.identity[index] ?? column, column]);
}
