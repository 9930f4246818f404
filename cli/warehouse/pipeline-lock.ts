import { sha256 } from '../kernel/hash.ts';
import { CancelledError } from '../kernel/errors.ts';
import { literal } from '../sql/literal.ts';
import type { Connection, Database } from './database.ts';
import { pipelineLocked } from './messages.ts';
import { PipelineState } from './state/pipeline-state.ts';

export interface PipelineLock extends AsyncDisposable {
  readonly state: PipelineState;
}

/** The server needs a moment to notice that a killed client is gone. */
const GRACE_SECONDS = 2;

/**
 * Takes the right to run pipelines on the target's database, on a session of its own: the lock goes with the session,
 * also when the process is killed. Throws CX7703 when another holds it and `wait` is not set.
 */
export async function acquirePipelineLock(
  database: Database,
  options: { readonly wait: boolean; readonly signal: AbortSignal; readonly now: () => number },
): Promise<PipelineLock> {
  const connection = await database.connect();
  try {
    while (!(await taken(connection, database, options.signal))) {
      if (options.signal.aborted) throw new CancelledError('stopped while waiting');
      if (options.wait) continue;
      const holder = await (await PipelineState.open(database.control)).running();
      throw pipelineLocked(database, holder, options.now());
    }
    const state = await PipelineState.open(connection);
    await state.markCrashed(options.now());
    return { state, [Symbol.asyncDispose]: async () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function taken(connection: Connection, database: Database, signal: AbortSignal) {
  const name = literal(pipelineLockName(database.database));
  const sql = `SELECT GET_LOCK(${name}, ${GRACE_SECONDS}) AS taken`;
  const [row] = await connection.query(sql, { signal });
  return Number(row?.['taken']) === 1;
}

/** At most 64 lower-case ASCII characters, which every server takes. */
export function pipelineLockName(database: string): string {
  return `cortex:${sha256(JSON.stringify(['pipeline', database.toLowerCase()])).slice(0, 40)}`;
}
