import type { Clock } from '../kernel/clock.ts';
import { DatabaseError } from './database-error.ts';
import type { Connection, Database } from './database.ts';
import { endSession } from './end-session.ts';

/** Seconds that a swap may wait for a lock, and make new readers wait behind it. */
const LOCK_SECONDS = 1;

/** Sessions that wait for a locked table for a second at most; opened when first needed and used again. */
export class SwapSessions implements AsyncDisposable {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #idle: Connection[] = [];

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Sends a statement through a session of its own. One that failed is closed; one that was lost is surely
   * over when its error is thrown on.
   */
  async execute(sql: string, options: { readonly node?: string } = {}): Promise<void> {
    const connection = this.#idle.pop() ?? (await this.#open());
    try {
      await connection.execute(sql, options);
      this.#idle.push(connection);
    } catch (error) {
      const isLost = error instanceof DatabaseError && error.kind === 'connection_lost';
      if (isLost) await endSession(this.#database, connection.threadId, this.#clock);
      await connection.close();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#idle.map(async (connection) => connection.close()));
  }

  async #open(): Promise<Connection> {
    const connection = await this.#database.connect();
    await connection.execute(`set session lock_wait_timeout = ${LOCK_SECONDS}`);
    return connection;
  }
}
