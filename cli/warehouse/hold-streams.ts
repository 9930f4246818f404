import type { Clock } from '../kernel/clock.ts';
import { literal } from '../sql/literal.ts';
import type { Connection } from './database.ts';
import type { StreamKey } from './state/sync-key.ts';
import { streamLockName } from './state/sync-key.ts';

const POLL_MS = 500;

/**
 * Holds streams until the session ends, against syncs and backfills of them: what they write afterwards was read
 * when they knew what is true now. Waits for those that are at work; `onWait` hears of each of them once.
 */
export async function holdStreams(
  connection: Connection,
  database: string,
  streams: readonly StreamKey[],
  options: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onWait: (stream: StreamKey) => void;
  },
): Promise<void> {
  for (const stream of streams) {
    for (const purpose of ['sync', 'backfill'] as const) {
      const name = literal(streamLockName(database, { ...stream, purpose }));
      for (let poll = 0; ; poll += 1) {
        const [row] = await connection.query(`select get_lock(${name}, 0) as taken`);
        if (Number(row?.['taken']) === 1) break;
        if (poll === 0) options.onWait(stream);
        await options.clock.sleep(POLL_MS, options.signal);
      }
    }
  }
}
