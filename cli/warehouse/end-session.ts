import type { Clock } from '../kernel/clock.ts';
import type { Database } from './database.ts';

const POLL_MS = 50;
const MOST_POLLS = 100;

/**
 * Ends a session from outside and waits (5 seconds at most) until the server no longer lists it: a server
 * goes on with the statement of a client that it does not know to be gone.
 */
export async function endSession(
  database: Database,
  threadId: number,
  clock: Clock,
): Promise<void> {
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const threads = await database.control.query('SHOW FULL PROCESSLIST');
    if (!threads.some((row) => Number(row['Id']) === threadId)) return;
    await database.control.execute(`KILL ${threadId}`).catch(() => undefined);
    await clock.sleep(POLL_MS);
  }
}
