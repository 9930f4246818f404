import type { Clock } from '../kernel/clock.ts';
import type { Connection, Database } from '../warehouse/database.ts';
import { SwapSessions } from '../warehouse/swap-sessions.ts';

/**
 * Sessions that are opened when they are first needed and used again: one for each worker to build with,
 * and some to publish with.
 */
export class SessionPool implements AsyncDisposable {
  readonly #database: Database;
  readonly #workers = new Map<number, Connection>();
  /** What publishing is done with. */
  readonly swaps: SwapSessions;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.swaps = new SwapSessions(database, clock);
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.swaps[Symbol.asyncDispose]();
    await Promise.all([...this.#workers.values()].map(async (connection) => connection.close()));
  }
}
