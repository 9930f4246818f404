import { identifier } from '../../cli/sql/identifier.ts';
import type { TestDatabase } from './server.ts';

/** Every relation that models and seeds made, whole: its rows as text, sorted. */
export async function modelRows(
  database: TestDatabase,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const names = (await database.relations()).filter((name) => !/^(raw|fixture)_/.test(name));
  const relations: Record<string, readonly string[]> = {};
  for (const name of names.toSorted()) {
    const rows = await database.query(`select * from ${identifier(name)}`);
    relations[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return relations;
}
