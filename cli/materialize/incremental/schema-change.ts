import { cortexError } from '../../kernel/errors.ts';
import type { ModelNode } from '../../manifest/node.ts';
import type { CatalogColumn } from '../../manifest/relation.ts';
import type { InferredColumn } from '../infer-columns.ts';
import { normalizeType } from '../infer-columns.ts';
import { storedType } from '../table-design.ts';

/** What happens to the table's columns before a batch goes in. */
export type SchemaChange =
  /** The batch fits: these columns are written. */
  | { readonly kind: 'none'; readonly columns: readonly string[] }
  /** The table is copied into the shape that the query now has; columns in their new order. */
  | {
      readonly kind: 'reshape';
      readonly columns: readonly InferredColumn[];
      readonly kept: readonly string[];
    };

/**
 * Compares the query's columns with the table's, by `on_schema_change`:
 * `ignore` writes the columns that both have, and refuses (CX4023) when the query lost one;
 * `append_new_columns` keeps lost columns and adds new ones; `sync_all_columns` takes the query's
 * columns and types; `fail` refuses any difference (CX4024).
 */
export function schemaChange(
  node: ModelNode,
  existing: readonly CatalogColumn[],
  inferred: readonly InferredColumn[],
): SchemaChange {
  const mode = node.config.on_schema_change ?? 'ignore';
  const difference = columnDifference(existing, inferred);
  const written = inferred.map((column) => column.name);
  const { added, removed, retyped } = difference;
  if (mode === 'fail' && added.length + removed.length + retyped.length > 0) {
    throw changedColumns(node, difference);
  }
  if (mode === 'ignore' && removed.length > 0) throw lostColumns(node, removed);
  const isAdding = mode === 'append_new_columns' || mode === 'sync_all_columns';
  if (isAdding && added.length > 0) return reshaped(mode, existing, inferred, difference);
  if (mode === 'sync_all_columns' && removed.length + retyped.length > 0) {
    return reshaped(mode, existing, inferred, difference);
  }
  return { kind: 'none', columns: written.filter((name) => !added.includes(name)) };
}

interface ColumnDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Columns whose stored type would be another kind or too narrow for what the query gives now. */
  readonly retyped: readonly string[];
}

function columnDifference(
  existing: readonly CatalogColumn[],
  inferred: readonly InferredColumn[],
): ColumnDifference {
  const before = new Map(existing.map((column) => [column.name.toLowerCase(), column]));
  const after = new Set(inferred.map((column) => column.name.toLowerCase()));
  return {
    added: inferred
      .filter((column) => !before.has(column.name.toLowerCase()))
      .map((column) => column.name),
    removed: existing
      .filter((column) => !after.has(column.name.toLowerCase()))
      .map((column) => column.name),
    retyped: inferred
      .filter((column) => {
        const stored = before.get(column.name.toLowerCase());
        return stored !== undefined && !holds(normalizeType(stored.type), column.type);
      })
      .map((column) => column.name),
  };
}

/** Whether values of a query's type can be stored in a column's type without another shape. */
function holds(stored: string, given: string): boolean {
  if (stored === given || stored === storedType(given, true)) return true;
  const kind = (type: string) => type.replace(/\(.*$/, '').replace(/ unsigned.*$/, '');
  if (/^(var)?binary\(0\)$/.test(given)) return true;
  if (
    kind(stored) !== kind(given).replace(/^char$/, kind(stored) === 'varchar' ? 'varchar' : 'char')
  ) {
    return kind(stored).endsWith('int') && kind(given).endsWith('int');
  }
  const sizes = (type: string) => (/\(([\d,]+)\)/.exec(type)?.[1] ?? '').split(',').map(Number);
  const wanted = sizes(given);
  return sizes(stored).every((size, position) => size >= (wanted[position] ?? 0));
}

function reshaped(
  mode: string,
  existing: readonly CatalogColumn[],
  inferred: readonly InferredColumn[],
  { added, removed }: ColumnDifference,
): SchemaChange {
  const before: InferredColumn[] = existing.map((column) => ({
    name: column.name,
    type: normalizeType(column.type),
    ...(column.collation === undefined ? {} : { collation: column.collation }),
  }));
  const columns =
    mode === 'sync_all_columns'
      ? inferred
      : [...before, ...inferred.filter((column) => added.includes(column.name))];
  const kept = existing
    .map((column) => column.name)
    .filter((name) => mode !== 'sync_all_columns' || !removed.includes(name));
  return { kind: 'reshape', columns, kept };
}

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

function changedColumns(node: ModelNode, { added, removed, retyped }: ColumnDifference): Error {
  const notes = [
    ...(added.length > 0 ? [`new: ${quoted(added)}`] : []),
    ...(removed.length > 0 ? [`gone: ${quoted(removed)}`] : []),
    ...(retyped.length > 0 ? [`other type: ${quoted(retyped)}`] : []),
    `\`${node.relation.name}\` keeps its previous contents`,
  ];
  return cortexError(
    'CX4024',
    `the columns of \`${node.name}\` have changed and its \`on_schema_change\` is \`fail\``,
    {
      span: node.span,
      node: node.id,
      notes,
      hint: 'run it with `--full-refresh`, or set `on_schema_change: append_new_columns` or `sync_all_columns`',
    },
  );
}

function lostColumns(node: ModelNode, removed: readonly string[]): Error {
  return cortexError(
    'CX4023',
    `the query of \`${node.name}\` no longer returns ${quoted(removed)}, which its table has`,
    {
      span: node.span,
      node: node.id,
      notes: [`\`${node.relation.name}\` keeps its previous contents`],
      hint: 'return the column again, run with `--full-refresh`, or set `on_schema_change: sync_all_columns`',
    },
  );
}
