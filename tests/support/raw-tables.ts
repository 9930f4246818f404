import type { TestDatabase } from './server.ts';

/** Columns that differ between two syncs that brought the same. */
const VOLATILE = new Set(['_synced_at']);

/**
 * Everything that stands in the raw tables of a platform, by table: rows as text, sorted. With `volatile` the
 * instants of the syncs are in them, so that a row that was written again shows.
 */
export async function rawTables(
  own: TestDatabase,
  { volatile = false }: { readonly volatile?: boolean } = {},
): Promise<Readonly<Record<string, readonly string[]>>> {
  const names = (await own.relations()).filter((name) => name.startsWith('raw_'));
  const tables: Record<string, readonly string[]> = {};
  for (const name of names) {
    const rows = await own.query(`SELECT * FROM \`${name}\``);
    tables[name] = rows
      .map((row) =>
        JSON.stringify(Object.entries(row).filter(([column]) => volatile || !VOLATILE.has(column))),
      )
      .toSorted();
  }
  return tables;
}
