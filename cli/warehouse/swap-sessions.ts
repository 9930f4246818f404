import type { Connection, Database } from './database.ts';

/** Seconds that a swap may wait for a lock, and make new readers wait behind it. */
const LOCK_SECONDS = 1;

/** Sessions that wait for a locked table for a second at most; opened when first needed and used again. */
export class SwapSessions implements AsyncDisposable {
  readonly #database: Database;
  readonly #idle: Connection[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  /** Lends a session; one whose work failed is closed. */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = this.#idle.pop() ?? (await this.#open());
    try {
      const answer = await work(connection);
      this.#idle.push(connection);
      return answer;
    } catch (error) {
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
