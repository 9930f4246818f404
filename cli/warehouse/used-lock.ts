import { literal } from '../sql/literal.ts';
import type { Connection } from './database.ts';

/** The session that holds a named lock of the server; `undefined` while it is free. */
export async function lockThread(
  connection: Connection,
  name: string,
): Promise<number | undefined> {
  const [row] = await connection.query(`SELECT IS_USED_LOCK(${literal(name)}) AS thread`);
  const thread = row?.['thread'];
  return thread === null || thread === undefined ? undefined : Number(thread);
}
