import type { Clock } from '../kernel/clock.ts';
import type { NodeId } from '../manifest/node-id.ts';
import type { Database } from '../warehouse/database.ts';
import { endSession } from '../warehouse/end-session.ts';
import { isCommitted, markCommitSql } from '../warehouse/state/commit-marker.ts';
import { isLost } from './retry.ts';
import type { StepSession } from './step-session.ts';

export interface CommitOptions {
  readonly node: NodeId;
  readonly database: Database;
  readonly clock: Clock;
}

/**
 * Commits the open transaction of a session. When the connection is lost before the answer arrives, what
 * the transaction left behind tells whether it was committed: then the answer is `lost`, since the
 * session is over; else the error is thrown, and nothing of the transaction is there.
 */
export async function commit(
  session: StepSession,
  { node, database, clock }: CommitOptions,
): Promise<'done' | 'lost'> {
  await session.finish(markCommitSql(database, node));
  try {
    await session.finish('commit');
    return 'done';
  } catch (error) {
    if (!isLost(error)) throw error;
    await endSession(database, session.connection.threadId, clock);
    if (!(await isCommitted(database, node))) throw error;
    return 'lost';
  }
}
