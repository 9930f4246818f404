import type { IndexConfig } from '../../manifest/node-config.ts';
import type { Relation } from '../../manifest/relation.ts';
import type { ValueFormat } from '../values/value-format.ts';
import type { InputFile } from './file-blocks.ts';

/** What a stream says about one column of its files. */
export interface StreamColumn {
  /** Name in the file: of the header, or the key of a JSON object. */
  readonly source: string;
  /** Name in the table, when it is not made from the file's. */
  readonly name?: string | undefined;
  readonly type: string;
  readonly format: ValueFormat;
  readonly description?: string | undefined;
}

/** Files that land in one table, and how they are written. */
export interface FileStream {
  readonly name: string;
  /** The table that the stream replaces. */
  readonly relation: Relation;
  readonly files: readonly InputFile[];
  readonly format: 'csv' | 'jsonl';
  readonly delimiter: string;
  /** As decoders know it: `utf-8`, `windows-1252`. */
  readonly encoding: string;
  /** False when the first row is data; then `columns` names all columns in their order. */
  readonly hasHeader: boolean;
  /** Texts that mean NULL. */
  readonly nullValues: readonly string[];
  /** How names in the table are made from names in the file. */
  readonly columnNames: 'as_is' | 'snake_case';
  /** Columns with a type of their own; the others are `text`. */
  readonly columns: readonly StreamColumn[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexConfig[];
  readonly description: string;
}

/** A column of the table and where its values come from. */
export interface TableColumnOfFile extends StreamColumn {
  readonly name: string;
}

/** Columns that every synced table has after those of the file. */
export const SOURCE_FILE_COLUMN = '_source_file';
export const SOURCE_LINE_COLUMN = '_source_line';
export const SYNCED_AT_COLUMN = '_synced_at';
