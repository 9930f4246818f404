import type { Connection, Database } from '../warehouse/database.ts';

/**
 * Sessions that are opened when they are first needed and used again: one for each worker to build with,
 * and some to publish with, whose wait for a table is short.
 */
export class SessionPool implements AsyncDisposable {
  readonly #database: Database;
  readonly #workers = new Map<number, Connection>();
  readonly #publishers: Connection[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  async forWorker(worker: number): Promise<Connection> {
    const known = this.#workers.get(worker);
    if (known !== undefined) return known;
    const connection = await this.#database.connect();
    this.#workers.set(worker, connection);
    return connection;
  }

  /** Gives a worker a fresh session next time; what the old one was doing is ended. */
  async discard(worker: number): Promise<void> {
    const connection = this.#workers.get(worker);
    this.#workers.delete(worker);
    if (connection === undefined) return;
    await this.#database.kill(connection.threadId);
    await connection.close();
  }

  /** Lends a session that gives up on a locked table at once where the server can, else after a second. */
  async publishing<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = this.#publishers.pop() ?? (await this.#openPublisher());
    try {
      const answer = await use(connection);
      this.#publishers.push(connection);
      return answer;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#workers.values(), ...this.#publishers];
    await Promise.all(all.map(async (connection) => connection.close()));
  }

  async #openPublisher(): Promise<Connection> {
    const connection = await this.#database.connect();
    const seconds = this.#database.capabilities.renameNoWait ? 0 : 1;
    await connection.execute(`set session lock_wait_timeout = ${seconds}`);
    return connection;
  }
}
