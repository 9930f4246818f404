import type { Clock } from '../kernel/clock.ts';
import type { Connection, Database } from '../warehouse/database.ts';
import { SwapSessions } from '../warehouse/swap-sessions.ts';

/** Sessions that are opened once and used again: one for each worker to build with, and some to publish with. */
export class SessionPool implements AsyncDisposable {
  readonly #database: Database;
  readonly #workers = new Map<number, Promise<Connection>>();
  /** What publishing is done with. */
  readonly swaps: SwapSessions;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.swaps = new SwapSessions(database, clock);
  }

  /** Opens the sessions of the first workers, so that they stand when their work is known. */
  openFor(workers: number): void {
    for (let worker = 0; worker < workers; worker += 1) {
      // Who asks for the session is told why it could not be opened.
      this.forWorker(worker).catch(() => undefined);
    }
  }

  async forWorker(worker: number): Promise<Connection> {
    const known = this.#workers.get(worker);
    if (known !== undefined && !(await known).isClosed) return known;
    const opening = this.#database.connect({ severalStatements: true });
    this.#workers.set(worker, opening);
    // A session that could not be opened is tried again by whoever needs it next.
    opening.catch(() => {
      if (this.#workers.get(worker) === opening) this.#workers.delete(worker);
    });
    return opening;
  }

  /** Gives a worker a fresh session next time; what the old one was doing is ended. */
  async discard(worker: number): Promise<void> {
    const opening = this.#workers.get(worker);
    this.#workers.delete(worker);
    const connection = await opening?.catch(() => undefined);
    if (connection === undefined) return;
    await this.#database.kill(connection.threadId);
    await connection.close();
  }

  async #close(worker: number): Promise<void> {
    const connection = await this.#workers.get(worker)?.catch(() => undefined);
    await connection?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.swaps[Symbol.asyncDispose]();
    await Promise.all([...this.#workers.keys()].map(async (worker) => this.#close(worker)));
  }
}
