import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';
import { markUnseenSql } from './merge-sql.ts';
import { stageLost, writeFailed } from './messages.ts';
import type { RawSweep, RawSweepWriter } from './raw-stream.ts';
import { RecordBatch } from './record-batch.ts';
import type { StreamWriter } from './stream-writer.ts';

const MOST_KEYS = 20_000;

/** Collects the keys of a sweep in a temporary table and marks rows by them in one transaction. */
export class SweepWindow implements RawSweepWriter {
  readonly #writer: StreamWriter;
  readonly #sweep: RawSweep;
  readonly #beganAt: string;
  #batch: RecordBatch;
  #session: Connection | undefined;
  #waiting = 0;

  /** @param beganAt what the state said before the first key was read */
  constructor(writer: StreamWriter, sweep: RawSweep, beganAt: string) {
    this.#writer = writer;
    this.#sweep = sweep;
    this.#beganAt = beganAt;
    this.#batch = new RecordBatch(writer.encoder);
  }

  async keys(keys: readonly (readonly string[])[]): Promise<void> {
    for (const key of keys) this.#batch.delete(key);
    this.#waiting += keys.length;
    if (this.#waiting >= MOST_KEYS) await this.#describing(async () => this.#stage());
  }

  async commit(): Promise<number> {
    const { yields, readAt } = this.#sweep;
    const context = this.#writer.context(this.#beganAt);
    return this.#describing(async () => {
      await this.#stage();
      return this.#writer.session.run({
        stage: async () => void (await this.#stageSession()),
        apply: async (connection) =>
          yields === 'deleted'
            ? this.#writer.markDeleted(connection, context)
            : this.#writer.send(connection, markUnseenSql(this.#writer.tables, context, 'keys')),
        progress: { kind: 'sweep', readAt },
        isRepeatable: false,
      });
    });
  }

  async abandon(): Promise<void> {
    this.#batch = new RecordBatch(this.#writer.encoder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.abandon();
  }

  async #stage(): Promise<void> {
    const connection = await this.#stageSession();
    await this.#writer.stageKeys(connection, this.#batch.encode().deleted);
    this.#batch = new RecordBatch(this.#writer.encoder);
    this.#waiting = 0;
  }

  async #stageSession(): Promise<Connection> {
    const connection = await this.#writer.session.connection();
    if (this.#session === undefined) {
      this.#session = connection;
      await this.#writer.clearKeys(connection);
    } else if (this.#session !== connection) throw stageLost(this.#writer.key);
    return connection;
  }

  async #describing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof DatabaseError
        ? writeFailed(this.#writer.shape, error, this.#writer.key.accountId)
        : error;
    }
  }
}
