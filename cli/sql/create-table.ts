import type { IndexConfig } from '../manifest/node-config.ts';
import type { Relation } from '../manifest/relation.ts';
import { sha256 } from '../kernel/hash.ts';
import { derivedName, identifier, relationSql } from './identifier.ts';
import { stringLiteral } from './literal.ts';

/** Longest comments that every server keeps, in characters. */
const LONGEST_COLUMN_COMMENT = 1024;
const LONGEST_TABLE_COMMENT = 2048;

export interface TableColumn {
  readonly name: string;
  /** As the server writes it: `decimal(12,2)`, `varchar(50)`. */
  readonly type: string;
  readonly isNullable: boolean;
  readonly collation?: string;
  readonly comment?: string;
}

/** A table with every type and option said aloud, so that no default of a server decides. */
export interface CreateTable {
  readonly relation: Relation;
  readonly columns: readonly TableColumn[];
  readonly primaryKey?: readonly string[];
  readonly engine?: string;
  readonly charset?: string;
  readonly collation?: string;
  readonly rowFormat?: string;
  /** Text that follows PARTITION BY. */
  readonly partitionBy?: string;
  readonly comment?: string;
}

/** `create table` with its primary key and options; secondary indexes are added after the rows. */
export function createTableSql(table: CreateTable): string {
  const primaryKey = table.primaryKey ?? [];
  const lines = table.columns.map(columnDefinition);
  if (primaryKey.length > 0) lines.push(`primary key (${indexParts(primaryKey)})`);
  const options = tableOptions(table);
  return [
    `create table ${relationSql(table.relation)} (\n  ${lines.join(',\n  ')}\n)`,
    ...(options.length > 0 ? [options.join(' ')] : []),
    ...(table.partitionBy === undefined ? [] : [`partition by ${table.partitionBy}`]),
  ].join('\n');
}

/**
 * One `alter table` that adds all indexes, or `undefined` when there is none to add. A column may be
 * a name, a name with a prefix length (`name(20)`), either with `asc` or `desc`, or an expression in
 * parentheses (`(lower(email))`).
 */
export function addIndexesSql(
  relation: Relation,
  indexes: readonly IndexConfig[],
): string | undefined {
  if (indexes.length === 0) return undefined;
  const additions = indexes.map((index) => `add ${indexSql(index)}`);
  return `alter table ${relationSql(relation)}\n  ${additions.join(',\n  ')}`;
}

/** Quoted names separated by commas. */
export function columnList(names: readonly string[]): string {
  return names.map(identifier).join(', ');
}

/** One column of a `create table`: name, type, collation, nullability, comment. */
export function columnDefinition(column: TableColumn): string {
  return [
    identifier(column.name),
    column.type,
    ...(column.collation === undefined ? [] : [`collate ${column.collation}`]),
    column.isNullable ? 'null' : 'not null',
    ...commentSql('comment ', column.comment, LONGEST_COLUMN_COMMENT),
  ].join(' ');
}

function tableOptions(table: CreateTable): string[] {
  const option = (key: string, value: string | undefined) =>
    value === undefined ? [] : [`${key}=${value}`];
  return [
    ...option('engine', table.engine),
    ...option('default charset', table.charset),
    ...option('collate', table.collation),
    ...option('row_format', table.rowFormat),
    ...commentSql('comment=', table.comment, LONGEST_TABLE_COMMENT),
  ];
}

function commentSql(lead: string, comment: string | undefined, most: number): string[] {
  const text = comment?.trim() ?? '';
  if (text === '') return [];
  const characters = Array.from(text);
  const kept = characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
  return [`${lead}${stringLiteral(kept)}`];
}

function indexSql(index: IndexConfig): string {
  const type = index.type?.toLowerCase() ?? 'btree';
  const kind = index.unique === true ? 'unique index' : `${INDEX_KINDS[type] ?? ''}index`;
  const using = type in INDEX_KINDS || type === 'btree' ? '' : ` using ${type}`;
  return `${kind} ${identifier(index.name ?? indexName(index))}${using} (${indexParts(index.columns)})`;
}

/** Types of index that are a word before INDEX rather than a USING clause. */
const INDEX_KINDS: Readonly<Record<string, string>> = {
  fulltext: 'fulltext ',
  spatial: 'spatial ',
};

/** A name made of the columns; expressions add a digest, so that two of them never collide. */
function indexName(index: IndexConfig): string {
  const words = index.columns.map((column) => column.replace(/\W+/g, '_').replace(/^_+|_+$/g, ''));
  const isPlain = index.columns.every((column) => /^\w+$/.test(column));
  const digest = isPlain ? '' : `_${sha256(index.columns.join(',')).slice(0, 6)}`;
  return derivedName(`${index.unique === true ? 'uq' : 'ix'}_${words.join('_')}`, digest);
}

function indexParts(columns: readonly string[]): string {
  return columns.map(indexPart).join(', ');
}

function indexPart(column: string): string {
  const text = column.trim();
  const ordered = /^(.*\S)\s+(asc|desc)$/is.exec(text);
  const order = ordered === null ? '' : ` ${(ordered[2] ?? '').toLowerCase()}`;
  const key = ordered?.[1] ?? text;
  if (key.startsWith('(')) return `${key}${order}`;
  const prefix = /^(.+?)\s*\((\d+)\)$/s.exec(key);
  if (prefix === null) return `${identifier(key)}${order}`;
  return `${identifier(prefix[1] ?? '')}(${prefix[2]})${order}`;
}
