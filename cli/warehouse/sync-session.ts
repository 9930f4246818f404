import { hostname, userInfo } from 'node:os';
import type { Clock } from '../kernel/clock.ts';
import { CancelledError } from '../kernel/errors.ts';
import { isProcessAlive } from '../platform/process.ts';
import { literal } from '../sql/literal.ts';
import type { Connection, Database } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { stateRefused, streamLocked } from './messages.ts';
import type { StreamRun } from './state/sync-key.ts';
import { streamLockName } from './state/sync-key.ts';
import type { StreamRunRecord, SyncFigures } from './state/sync-state.ts';
import { NOTHING_CHANGED, SyncState } from './state/sync-state.ts';

const HEARTBEAT_MS = 10_000;
const POLL_MS = 500;
/** How often a lock is asked for before its holder counts: the server needs a moment to notice a dead client. */
const GRACE_POLLS = 3;
const DEAD_POLLS = 20;

export interface SyncSessionOptions {
  /** The command line, shown to whoever has to wait. */
  readonly command: string;
  readonly clock: Clock;
}

export interface LockOptions {
  /** Wait for the other run to end in place of being refused. */
  readonly wait: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called once when another run holds the stream and `wait` is set. */
  readonly onWait?: ((holder: StreamHolder) => void) | undefined;
}

/** Who holds a stream; only the thread is known when the other run has not written its lease. */
export interface StreamHolder {
  readonly threadId: number;
  readonly run?: StreamRunRecord;
}

/** The right to read one stream of one account for one purpose. */
export interface StreamLock extends AsyncDisposable {
  readonly run: StreamRun;
  /** Writes how the run ended, with what it changed, and lets go. Disposing lets go with `error`. */
  release(status: string, figures: SyncFigures): Promise<void>;
}

/** One session for all locks of a sync and for reading the state. */
export class SyncSession implements AsyncDisposable {
  readonly state: SyncState;
  readonly #database: Database;
  readonly #connection: Connection;
  readonly #options: SyncSessionOptions;
  readonly #lost = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(
    database: Database,
    connection: Connection,
    state: SyncState,
    options: SyncSessionOptions,
  ) {
    this.#database = database;
    this.#connection = connection;
    this.state = state;
    this.#options = options;
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS).unref();
  }

  static async open(database: Database, options: SyncSessionOptions): Promise<SyncSession> {
    const connection = await database.connect();
    try {
      const state = await SyncState.open(connection);
      return new SyncSession(database, connection, state, options);
    } catch (error) {
      await connection.close();
      throw error instanceof DatabaseError ? stateRefused(database, error) : error;
    }
  }

  /** Aborts when the session is lost, and the locks with it: another run may start then. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Takes the lock of a stream and writes the lease. Throws CX7102 when another run holds it and `wait` is not set. */
  async lock(run: StreamRun, options: LockOptions): Promise<StreamLock> {
    await this.#takeLock(run, options);
    const { clock, command } = this.#options;
    await this.state.startRun(
      {
        ...run,
        runId: this.#database.runId,
        command,
        host: hostname(),
        user: userName(),
        pid: process.pid,
      },
      new Date(clock.now()).toISOString(),
    );
    return this.#held(run);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#connection.close();
  }

  #held(run: StreamRun): StreamLock {
    let isHeld = true;
    const release = async (status: string, figures: SyncFigures): Promise<void> => {
      if (!isHeld) return;
      isHeld = false;
      if (this.#lost.signal.aborted) return;
      const at = new Date(this.#options.clock.now()).toISOString();
      await this.state.finishRun(run, { status, at, figures });
      await this.#connection.execute(`do release_lock(${this.#lockName(run)})`);
    };
    return {
      run,
      release,
      [Symbol.asyncDispose]: async () => release('error', NOTHING_CHANGED).catch(() => undefined),
    };
  }

  async #takeLock(run: StreamRun, options: LockOptions): Promise<void> {
    if (await this.#poll(run, GRACE_POLLS, options.signal)) return;
    const holder = await this.#holder(run);
    if (isDeadHere(holder)) {
      await this.#database.control.execute(`kill ${holder.threadId}`).catch(() => undefined);
      if (await this.#poll(run, DEAD_POLLS, options.signal)) return;
    }
    if (!options.wait) throw streamLocked(run, holder, this.#options.clock.now());
    options.onWait?.(holder);
    while (!(await this.#poll(run, GRACE_POLLS, options.signal)));
  }

  /** The session is shared by all streams: it asks again and again, and never waits inside of the server. */
  async #poll(run: StreamRun, times: number, signal: AbortSignal | undefined): Promise<boolean> {
    for (let poll = 0; poll < times; poll += 1) {
      if (signal?.aborted === true) throw new CancelledError('stopped while waiting');
      const [row] = await this.#connection.query(
        `select get_lock(${this.#lockName(run)}, 0) as taken`,
      );
      if (Number(row?.['taken']) === 1) return true;
      await this.#options.clock.sleep(POLL_MS, signal);
    }
    return false;
  }

  async #holder(run: StreamRun): Promise<StreamHolder> {
    const [row] = await this.#connection.query(
      `select is_used_lock(${this.#lockName(run)}) as thread`,
    );
    const threadId = Number(row?.['thread'] ?? 0);
    const found = (await this.state.runs()).find((other) => other.threadId === threadId);
    return found === undefined ? { threadId } : { threadId, run: found };
  }

  #lockName(run: StreamRun): string {
    return literal(streamLockName(this.#database.database, run));
  }

  async #beat(): Promise<void> {
    await this.#connection.execute('do 0').catch((error: unknown) => this.#lost.abort(error));
  }
}

/** True when the holder's process ran on this machine and is gone: only its session still stands. */
function isDeadHere({ run }: StreamHolder): boolean {
  return run !== undefined && run.host === hostname() && !isProcessAlive(run.pid);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}
