import type { IndexConfig } from '../manifest/node-config.ts';
import type { ModelNode } from '../manifest/node.ts';
import type { TableColumn } from '../sql/create-table.ts';
import { cortexError } from '../kernel/errors.ts';
import { asList, mergeKeyOf } from './keys.ts';
import { strategyOf } from './incremental/strategy.ts';

/** The name of the index that Cortex adds for `unique_key`. */
const KEY_INDEX = 'cortex_unique_key';

/**
 * The index that an incremental model's `unique_key` needs, unless the primary key or a declared
 * index starts with the same columns: unique for merge, plain for delete+insert (whose batches may
 * repeat a key). Throws CX4022 when a key column is a type that no index can hold whole.
 */
export function keyIndexes(
  node: ModelNode,
  columns: readonly TableColumn[],
): readonly IndexConfig[] {
  const key = mergeKeyOf(node.config);
  if (key.length === 0) return [];
  for (const column of columns) {
    if (key.includes(column.name) && /^(tiny|medium|long)?(text|blob)|^json/.test(column.type)) {
      throw unindexableKey(node, column);
    }
  }
  const declared = [
    asList(node.config.primary_key),
    ...(node.config.indexes ?? []).map((index) => index.columns),
  ];
  const isCovered = declared.some((existing) =>
    key.every((column, position) => existing[position] === column),
  );
  if (isCovered) return [];
  return [{ name: KEY_INDEX, columns: key, unique: strategyOf(node.config) === 'merge' }];
}

function unindexableKey(node: ModelNode, column: TableColumn): Error {
  return cortexError(
    'CX4022',
    `\`unique_key\` of \`${node.name}\` has \`${column.name}\` of type \`${column.type}\`, which cannot be indexed whole`,
    {
      span: node.span,
      node: node.id,
      hint: `set \`column_types: { ${column.name}: varchar(255) }\` in its config`,
    },
  );
}
