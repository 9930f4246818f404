import { buildNames } from '../sql/build-names.ts';
import { literal } from '../sql/literal.ts';
import type { Database } from './database.ts';
import { FILES, streamLockName } from './state/sync-key.ts';
import { lockThread } from './used-lock.ts';

/**
 * Names of the tables that syncs of files are making at this moment, in any database: they hold their streams, not
 * the target, so a build cleans up beside them. The state tables exist.
 */
export async function namesOfFileSyncs(database: Database): Promise<ReadonlySet<string>> {
  const runs = await database.control.query(
    `select account_id, stream from __cortex_sync_runs where platform = ${literal(FILES)} and finished_at is null`,
  );
  const names = new Set<string>();
  for (const row of runs) {
    const name = String(row['account_id']);
    const run = { platform: FILES, accountId: name, stream: String(row['stream']) };
    const lock = streamLockName(database.database, { ...run, purpose: 'sync' });
    if ((await lockThread(database.control, lock)) === undefined) continue;
    const { shadow, old } = buildNames({ database: database.database, name });
    names.add(shadow.name).add(old.name);
  }
  return names;
}
