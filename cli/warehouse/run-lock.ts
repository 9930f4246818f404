import { hostname, userInfo } from 'node:os';
import type { Clock } from '../kernel/clock.ts';
import { CancelledError } from '../kernel/errors.ts';
import { isProcessAlive } from '../platform/process.ts';
import { literal } from '../sql/literal.ts';
import { DatabaseError } from './database-error.ts';
import type { Connection, Database } from './database.ts';
import { runLocked } from './messages.ts';
import { runLockName } from './run-lock-name.ts';
import type { UnfinishedRun } from './state/state-store.ts';
import { StateStore } from './state/state-store.ts';
import { lockThread } from './used-lock.ts';

export interface RunLockOptions {
  /** The command line, shown to whoever has to wait. */
  readonly command: string;
  /** Wait for the other run to end in place of being refused. */
  readonly wait: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called once when another run holds the lock and `wait` is set. */
  readonly onWait?: ((holder: LockHolder) => void) | undefined;
}

/** Who holds a lock; only the thread is known when the other run has not written its lease. */
export interface LockHolder {
  readonly threadId: number;
  readonly run?: UnfinishedRun;
}

/** The right to change one target database, and the state that goes with it. */
export interface RunLock extends AsyncDisposable {
  readonly state: StateStore;
  /** Aborts when the session that holds the lock is lost: another run may start then. */
  readonly lost: AbortSignal;
  /** Writes how the run ended and lets go. */
  release(status: string): Promise<void>;
}

const HEARTBEAT_MS = 5000;
const WAIT_SECONDS = 2;
/** The server needs a moment to notice that a killed client is gone. */
const GRACE_SECONDS = 1;
const DEAD_SECONDS = 10;

/**
 * Takes the run lock of the target database on a session of its own and writes the lease. Throws CX5030
 * when another run holds it and `wait` is not set.
 */
export async function acquireRunLock(
  database: Database,
  options: RunLockOptions,
): Promise<RunLock> {
  const connection = await database.connect();
  try {
    await takeLock(connection, database, options);
    const state = await StateStore.open(connection);
    await state.startRun({
      runId: database.runId,
      command: options.command,
      host: hostname(),
      user: userName(),
      pid: process.pid,
    });
    return holdLock(connection, state, database);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function holdLock(connection: Connection, state: StateStore, database: Database): RunLock {
  const lost = new AbortController();
  const timer = setInterval(() => {
    state.heartbeat(database.runId).catch((error: unknown) => lost.abort(error));
  }, HEARTBEAT_MS);
  timer.unref();
  let isHeld = true;
  const release = async (status: string): Promise<void> => {
    if (!isHeld) return;
    isHeld = false;
    clearInterval(timer);
    try {
      await state.finishRun(database.runId, status);
      await connection.execute(`DO RELEASE_LOCK(${literal(runLockName(database.database))})`);
    } catch (error) {
      // The lock went with the session; the next run finds the open lease and cleans up.
      if (!(error instanceof DatabaseError) || error.kind !== 'connection_lost') throw error;
    } finally {
      await connection.close();
    }
  };
  return {
    state,
    lost: lost.signal,
    release,
    [Symbol.asyncDispose]: async () => release('error'),
  };
}

async function takeLock(
  connection: Connection,
  database: Database,
  options: RunLockOptions,
): Promise<void> {
  if (await tryLock(connection, database, GRACE_SECONDS)) return;
  const holder = await lockHolder(database);
  if (isDeadHere(holder) && (await takeFromDead(connection, database, holder))) return;
  if (!options.wait) throw runLocked(database, holder, options.clock.now());
  options.onWait?.(holder);
  while (!(await tryLock(connection, database, WAIT_SECONDS, options.signal))) {
    if (options.signal?.aborted === true) throw new CancelledError('stopped while waiting');
  }
}

/** True when the holder's process ran on this machine and is gone: only its session still stands. */
function isDeadHere({ run }: LockHolder): boolean {
  return run !== undefined && run.host === hostname() && !isProcessAlive(run.pid);
}

async function takeFromDead(
  connection: Connection,
  database: Database,
  holder: LockHolder,
): Promise<boolean> {
  await database.control.execute(`KILL ${holder.threadId}`).catch(() => undefined);
  return tryLock(connection, database, DEAD_SECONDS);
}

async function tryLock(
  connection: Connection,
  database: Database,
  seconds: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const name = literal(runLockName(database.database));
  const [row] = await connection.query(
    `SELECT GET_LOCK(${name}, ${seconds}) AS taken`,
    signal === undefined ? {} : { signal },
  );
  return Number(row?.['taken']) === 1;
}

/** Who holds the run lock of the database now. */
async function lockHolder(database: Database): Promise<LockHolder> {
  const threadId = (await lockThread(database.control, runLockName(database.database))) ?? 0;
  const state = await StateStore.open(database.control);
  const run = (await state.unfinishedRuns()).find((found) => found.threadId === threadId);
  return run === undefined ? { threadId } : { threadId, run };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}
