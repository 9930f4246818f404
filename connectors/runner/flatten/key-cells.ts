import type { LandedTable } from './landed-stream.ts';

/** Ids as a platform writes them (`gid://shopify/Order/1`), in the spelling of the key's columns. */
export function keyCells(
  keys: readonly (readonly string[])[],
  table: LandedTable,
): readonly (readonly string[])[] {
  const columns = table.key.map((name) => table.columns.find((column) => column.name === name));
  return keys.map((key) =>
    key.map((part, index) => {
      const cell = columns[index]?.read(part, { timeZone: 'UTC' });
      return typeof cell === 'string' ? cell : part;
    }),
  );
}
