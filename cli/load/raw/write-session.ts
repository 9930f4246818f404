import type { Clock } from '../../kernel/clock.ts';
import { relationSql } from '../../sql/identifier.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection, Database, RunOptions } from '../../warehouse/database.ts';
import { endSession } from '../../warehouse/end-session.ts';
import type { StageTables } from './stage-sql.ts';
import type { Progress, StateRow } from './state-row.ts';

const KEEP_ALIVE_MS = 30_000;
/** A batch is short; who holds the row of the state longer than this is not at work. */
const ROW_LOCK_SECONDS = 300;
const TRIES = 6;
const FIRST_PAUSE_MS = 100;

export interface WriteSessionOptions {
  readonly database: Database;
  readonly row: StateRow;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Temporary tables of the session, made when they are needed. */
  readonly stageTables: StageTables;
}

/** A piece of work that is done as a whole or not at all. */
export interface Unit<T> {
  /** Before the transaction: fills the session's temporary tables. May be done again. */
  readonly stage?: (connection: Connection) => Promise<void>;
  /** In the transaction, with the state's row held. May be done again after a rollback. */
  readonly apply: (connection: Connection) => Promise<T>;
  readonly progress?: Progress | undefined;
  /** The unit can be done on another session: all that it needs is in the memory. */
  readonly isRepeatable: boolean;
}

/** The session that writes the raw tables of one stream, and makes units of work whole. */
export class WriteSession implements AsyncDisposable {
  readonly #options: WriteSessionOptions;
  #connection: Connection | undefined;
  #keepAlive: NodeJS.Timeout | undefined;
  /** Creating statements of the temporary tables that the open session has. */
  #made = new Set<string>();
  #units = 0;

  constructor(options: WriteSessionOptions) {
    this.#options = options;
  }

  /** The open session; a new one, without temporary tables, when there is none. */
  async connection(): Promise<Connection> {
    if (this.#connection !== undefined) return this.#connection;
    const connection = await this.#options.database.connect();
    try {
      await connection.execute(`set innodb_lock_wait_timeout = ${ROW_LOCK_SECONDS}`);
    } catch (error) {
      await connection.close();
      throw error;
    }
    this.#connection = connection;
    this.#made = new Set();
    this.#keepAlive = setInterval(() => {
      void this.#connection?.execute('do 0').catch(() => undefined);
    }, KEEP_ALIVE_MS).unref();
    return connection;
  }

  /** Makes the temporary tables of the open session, or empties those that it has. Commits. */
  async emptyStage(
    connection: Connection,
    what: keyof StageTables,
    options: RunOptions,
  ): Promise<void> {
    for (const { relation, create } of this.#options.stageTables[what]) {
      const isThere = this.#made.has(create);
      await connection.execute(
        isThere ? `truncate table ${relationSql(relation)}` : create,
        options,
      );
      this.#made.add(create);
    }
  }

  /** Does something that may be done twice; on a new session where the open one turns out to be gone. */
  async steady<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.connection();
    try {
      return await work(connection);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== 'connection_lost') throw error;
      await this.#end(connection);
      return work(await this.connection());
    }
  }

  /**
   * Does a unit in one transaction, with the state. Deadlocks, waits for locks and, where the unit is
   * repeatable, lost connections are met by doing it again; when the answer to a commit is lost, what
   * stands in the state tells whether it happened.
   */
  async run<T>(unit: Unit<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      this.#units += 1;
      const commitId = `${this.#options.database.runId}:${this.#units}`.slice(-64);
      let done: { readonly result: T } | undefined;
      let connection: Connection | undefined;
      try {
        connection = await this.connection();
        done = { result: await this.#transaction(connection, unit, commitId) };
        await connection.execute('commit');
        return done.result;
      } catch (error) {
        const isLost = error instanceof DatabaseError && error.kind === 'connection_lost';
        if (isLost && connection !== undefined) {
          await this.#end(connection);
          if (done !== undefined && (await this.#options.row.isCommitted(commitId))) {
            return done.result;
          }
        } else await connection?.execute('rollback').catch(() => undefined);
        if (attempt === TRIES || !mayTryAgain(error, unit)) throw error;
        await this.#options.clock.sleep(pause(attempt), this.#options.signal);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#keepAlive);
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  async #transaction<T>(connection: Connection, unit: Unit<T>, commitId: string): Promise<T> {
    const { row } = this.#options;
    await unit.stage?.(connection);
    await connection.execute('start transaction');
    const held = await row.hold(connection);
    const result = await unit.apply(connection);
    await row.write(connection, held, { commitId, progress: unit.progress });
    return result;
  }

  /** The server may go on with what it was sent: its session is ended before anybody looks. */
  async #end(connection: Connection): Promise<void> {
    clearInterval(this.#keepAlive);
    this.#connection = undefined;
    await connection.close().catch(() => undefined);
    await endSession(this.#options.database, connection.threadId, this.#options.clock);
  }
}

const PASSING: ReadonlySet<string> = new Set(['deadlock', 'lock_timeout', 'table_changed']);
/** A row that somebody else added in the meantime. */
const DUPLICATE = 1062;

function mayTryAgain(error: unknown, unit: Unit<unknown>): boolean {
  if (!(error instanceof DatabaseError)) return false;
  if (error.kind === 'connection_lost') return unit.isRepeatable;
  return PASSING.has(error.kind) || error.errno === DUPLICATE;
}

function pause(attempt: number): number {
  return FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
}
