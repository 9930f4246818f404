import type { Connection as DriverConnection } from 'mysql2/promise';

/**
 * Ends statements of other sessions from a connection that is reserved at the start, so that neither a
 * full server nor a long statement of Cortex itself stands in the way.
 */
export class KillSwitch {
  readonly #open: () => Promise<DriverConnection>;
  #driver: DriverConnection;
  #isClosed = false;

  private constructor(driver: DriverConnection, open: () => Promise<DriverConnection>) {
    this.#driver = driver;
    this.#open = open;
    driver.on('error', () => undefined);
  }

  static async reserve(open: () => Promise<DriverConnection>): Promise<KillSwitch> {
    return new KillSwitch(await open(), open);
  }

  /** KILL QUERY. A thread that is gone, or that another user owns, is left as it is. */
  async kill(threadId: number): Promise<void> {
    await this.#send(`KILL QUERY ${threadId}`);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#driver.end().catch(() => this.#driver.destroy());
  }

  async #send(sql: string): Promise<void> {
    try {
      await this.#driver.query(sql);
    } catch (error) {
      const isServerError = error instanceof Error && 'sqlState' in error;
      if (isServerError || this.#isClosed) return;
      this.#driver = await this.#open();
      this.#driver.on('error', () => undefined);
      await this.#driver.query(sql).catch(() => undefined);
    }
  }
}
