import type { TableColumn } from '../sql/create-table.ts';
import { columnType } from './values/column-type.ts';

/** The columns of a primary key, spelled as the file spells them. */
export function keyColumns(
  key: string | readonly string[] | undefined,
  columns: readonly { readonly name: string }[],
): readonly string[] {
  const names = key === undefined ? [] : typeof key === 'string' ? [key] : key;
  return names.map(
    (name) =>
      columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name,
  );
}

const TEXT_BYTES_PER_ROW = 48_000;

/**
 * Columns of a table that is loaded from a file. Keys keep any two texts apart, whatever the table's
 * collation folds. Short texts become `text` where the row would be longer than the server takes.
 */
export function loadedColumns(
  columns: readonly { readonly name: string; readonly type: string }[],
  keys: { readonly primaryKey: readonly string[]; readonly binaryCollation: string },
): readonly TableColumn[] {
  const isWide = columns.reduce((sum, { type }) => sum + bytesOf(type), 0) > TEXT_BYTES_PER_ROW;
  return columns.map(({ name, type }) => {
    const isKey = keys.primaryKey.includes(name);
    const stored = isWide && !isKey && type === 'varchar(255)' ? 'text' : type;
    const needsCollation = isKey && columnType(type).kind === 'text' && !/\bcollate\b/i.test(type);
    return {
      name,
      type: stored,
      isNullable: !isKey,
      ...(needsCollation ? { collation: keys.binaryCollation } : {}),
    };
  });
}

function bytesOf(sqlType: string): number {
  const type = columnType(sqlType);
  return type.kind === 'text' && /char/i.test(sqlType) ? type.mostCharacters * 4 : 8;
}
