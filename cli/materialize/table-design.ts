import type { Capabilities } from '../manifest/capabilities.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { CreateTable, TableColumn } from '../sql/create-table.ts';
import type { Relation } from '../manifest/relation.ts';
import type { InferredColumn } from './infer-columns.ts';
import { asList, mergeKeyOf } from './keys.ts';

/** InnoDB's limit for a row is 65,535 bytes over all columns; texts are widened only well below it. */
const ROOM_FOR_WIDENED_TEXT = 48_000;
const BYTES_PER_CHARACTER = 4;
const WIDENED_LENGTH = 255;

/** The table of a model: the query's columns with the types, keys and comments of its configuration. */
export function tableDesign(
  node: ModelNode,
  inferred: readonly InferredColumn[],
  relation: Relation,
  context: { capabilities: Capabilities; tableDefaults: { charset: string; collation: string } },
): CreateTable {
  const { config } = node;
  const primaryKey = asList(config.primary_key);
  const columns = settledColumns(node, inferred, context.capabilities);
  return {
    relation,
    columns,
    ...(primaryKey.length > 0 ? { primaryKey } : {}),
    engine: config.engine ?? 'InnoDB',
    charset: config.charset ?? context.tableDefaults.charset,
    collation: config.collation ?? context.tableDefaults.collation,
    ...(config.row_format === undefined ? {} : { rowFormat: config.row_format }),
    ...(config.partition_by === undefined ? {} : { partitionBy: config.partition_by }),
    comment: node.description,
  };
}

function settledColumns(
  node: ModelNode,
  inferred: readonly InferredColumn[],
  capabilities: Capabilities,
): TableColumn[] {
  const notNull = notNullColumns(node);
  const keys = new Set([...asList(node.config.primary_key), ...mergeKeyOf(node.config)]);
  const keyCollation = collationOfKeys(node.config, capabilities);
  const described = new Map(node.columns.map((column) => [column.name.toLowerCase(), column]));
  const mayWiden = rowBytes(inferred) < ROOM_FOR_WIDENED_TEXT;
  return inferred.map((column) => {
    const properties = described.get(column.name.toLowerCase());
    const declared =
      node.config.column_types?.[column.name] ??
      (node.config.contract?.enforced === true ? properties?.dataType : undefined);
    const type = declared ?? storedType(column.type, mayWiden);
    const collation = columnCollation(
      column,
      type,
      keys.has(column.name) ? keyCollation : undefined,
    );
    return {
      name: column.name,
      type,
      isNullable: !notNull.has(column.name),
      comment: properties?.description ?? '',
      ...(collation === undefined || declared?.includes('collate') ? {} : { collation }),
    };
  });
}

function notNullColumns(node: ModelNode): ReadonlySet<string> {
  const names = new Set(asList(node.config.primary_key));
  if (node.config.contract?.enforced !== true) return names;
  for (const column of node.columns) {
    if (column.constraints.some((constraint) => constraint.type === 'not_null'))
      names.add(column.name);
  }
  return names;
}

/**
 * Keys keep any two texts apart: in the collation that the model's configuration names where that is a binary one, so
 * that its keys can be joined with its other texts and with tables of the same collation, else in the server's.
 */
function collationOfKeys(
  { collation }: ModelNode['config'],
  { binaryCollation }: Capabilities,
): string {
  return collation !== undefined && isBinary(collation) ? collation : binaryCollation;
}

/**
 * A column that already told case apart keeps doing so; every other text that is no key takes the table's collation,
 * so that models can be joined with each other.
 */
function columnCollation(
  column: InferredColumn,
  type: string,
  ofKeys: string | undefined,
): string | undefined {
  if (!/^(char|varchar|tinytext|text|mediumtext|longtext)/.test(type)) return undefined;
  if (ofKeys !== undefined) return ofKeys;
  return column.collation !== undefined && isBinary(column.collation)
    ? column.collation
    : undefined;
}

function isBinary(collation: string): boolean {
  return collation.startsWith('utf8mb4_') && collation.endsWith('bin');
}

/**
 * The type to store a query's column in. A literal's type is as narrow as its text (`varchar(3)`,
 * even `varchar(0)`), so that the next batch would not fit: short texts get room for 255 characters.
 */
export function storedType(type: string, mayWiden: boolean): string {
  if (/^(var)?binary\(0\)$/.test(type) || type === 'null') return `varchar(${WIDENED_LENGTH})`;
  const text = /^(?:var)?char\((\d+)\)$/.exec(type);
  if (text === null) return type === 'uuid' ? 'char(36)' : type;
  const length = Number(text[1]);
  const least = mayWiden && type.startsWith('varchar') ? WIDENED_LENGTH : 1;
  return length < least ? `varchar(${least})` : type.replace(/^char\(0\)$/, 'varchar(1)');
}

function rowBytes(columns: readonly InferredColumn[]): number {
  return columns.reduce((sum, column) => {
    const text = /^(?:var)?char\((\d+)\)$/.exec(column.type);
    return (
      sum + (text === null ? 8 : Math.max(Number(text[1]), WIDENED_LENGTH) * BYTES_PER_CHARACTER)
    );
  }, 0);
}
