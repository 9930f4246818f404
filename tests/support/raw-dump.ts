import type { TestDatabase } from './server.ts';

/** All rows of the raw tables of a platform, sorted, without the instants of the reads. */
export async function rawDump(
  own: TestDatabase,
  platform: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables = (await own.relations()).filter((name) => name.startsWith(`raw_${platform}_`));
  const dumped = await Promise.all(
    tables.map(async (table) => {
      const rows = await own.query(`select * from \`${table}\``);
      return [table, rows.map(lineOf).toSorted()] as const;
    }),
  );
  return Object.fromEntries(dumped);
}

function lineOf({ _synced_at, _deleted_at, ...row }: Readonly<Record<string, unknown>>): string {
  const isDeleted = _deleted_at !== null && _deleted_at !== undefined;
  return JSON.stringify({ ...row, isRead: _synced_at !== null, isDeleted });
}
