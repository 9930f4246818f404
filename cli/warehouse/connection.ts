import { Readable } from 'node:stream';
import type { Connection as CallbackConnection } from 'mysql2';
import type { Connection as DriverConnection, QueryOptions } from 'mysql2/promise';
import { CancelledError } from '../kernel/errors.ts';
import { DatabaseError } from './database-error.ts';
import type { Connection, Row, RunOptions, StatementResult } from './database.ts';
import { toDatabaseError } from './driver-error.ts';
import { withComment } from './statement-comment.ts';
import { untilAborted } from './until-aborted.ts';

/** What a session needs to know of the database that opened it. */
export interface ConnectionOwner {
  readonly runId: string;
  readonly password: string;
  readonly readTimeoutMs: number;
  kill(threadId: number): Promise<void>;
}

/** A session over the driver's connection. */
export class MysqlConnection implements Connection {
  readonly threadId: number;
  readonly #driver: DriverConnection;
  readonly #owner: ConnectionOwner;
  /** Statements under way: when the connection goes, the driver does not settle all of them. */
  readonly #pending = new Set<(error: Error) => void>();
  #isClosed = false;

  constructor(driver: DriverConnection, owner: ConnectionOwner) {
    this.#driver = driver;
    this.#owner = owner;
    this.threadId = driver.threadId ?? 0;
    driver.on('error', (error: Error) => this.#fail(error));
    driver.on('end', () => this.#fail(new Error('the connection was closed')));
  }

  async execute(sql: string, options: RunOptions = {}): Promise<StatementResult> {
    return this.#run(sql, options, async (text) => resultOf((await this.#driver.query(text))[0]));
  }

  async query(sql: string, options: RunOptions = {}): Promise<readonly Row[]> {
    return this.#run(sql, options, async (text) => {
      const [rows] = await this.#driver.query(text);
      return Array.isArray(rows) ? (rows as Row[]) : [];
    });
  }

  async *stream(sql: string, options: RunOptions = {}): AsyncIterable<Row> {
    const text = withComment(sql, this.#owner.runId, options.node);
    refuseAborted(options.signal);
    const rows = coreOf(this.#driver).query(text).stream({ highWaterMark: 500 });
    const stop = (): void => void this.#stop();
    options.signal?.addEventListener('abort', stop, { once: true });
    let isDone = false;
    try {
      for await (const row of rows.iterator({ destroyOnReturn: false })) yield row as Row;
      isDone = true;
    } catch (error) {
      isDone = true;
      if (options.signal?.aborted === true) throw cancelled();
      throw toDatabaseError(error, text, this.#owner.password);
    } finally {
      options.signal?.removeEventListener('abort', stop);
      if (!isDone && !this.#isClosed) {
        // What is still under way is read and thrown away: a destroyed stream would take the session with it.
        rows.on('error', () => undefined).resume();
        await this.#stop();
      }
    }
  }

  async loadData(
    sql: string,
    input: AsyncIterable<Uint8Array>,
    options: RunOptions = {},
  ): Promise<StatementResult> {
    const source = untilAborted(input, options.signal);
    const result = await this.#run(sql, options, async (text) => {
      const statement: QueryOptions = {
        sql: text,
        infileStreamFactory: () => Readable.from(source.chunks(), { objectMode: false }),
      };
      return resultOf((await this.#driver.query(statement))[0]);
    }).catch((error: unknown) => {
      throw source.failure() ?? error;
    });
    const failure = source.failure();
    if (failure !== undefined) throw failure;
    return result;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#pending.size > 0) {
      this.#driver.destroy();
      this.#fail(new Error('the connection was closed'));
    } else {
      await this.#driver.end().catch(() => this.#driver.destroy());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #run<T>(sql: string, options: RunOptions, send: (text: string) => Promise<T>): Promise<T> {
    refuseAborted(options.signal);
    const text = withComment(sql, this.#owner.runId, options.node);
    let stopping: Promise<void> | undefined;
    let isLate = false;
    const stop = (): void => void (stopping ??= this.#stop());
    const { readTimeoutMs } = this.#owner;
    const timer =
      readTimeoutMs > 0 ? setTimeout(() => ((isLate = true), stop()), readTimeoutMs) : undefined;
    options.signal?.addEventListener('abort', stop, { once: true });
    try {
      const answer = await this.#settled(send(text));
      // A killed SLEEP succeeds on MySQL: what was asked to stop counts as stopped.
      if (stopping === undefined) return answer;
    } catch (error) {
      if (stopping === undefined) throw toDatabaseError(error, text, this.#owner.password);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      await stopping;
    }
    throw isLate ? readTimedOut(text, readTimeoutMs) : cancelled();
  }

  /** Settles with the driver's answer or, at the latest, when the connection goes. */
  async #settled<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#pending.add(reject);
      answer.then(resolve, reject).finally(() => this.#pending.delete(reject));
    });
  }

  /**
   * Kills the running statement. The empty statement afterwards takes the kill when it came too late, so
   * that the session's next statement is safe.
   */
  async #stop(): Promise<void> {
    await this.#owner.kill(this.threadId);
    if (!this.#isClosed) await this.#settled(this.#driver.query('DO 0')).catch(() => undefined);
  }

  #fail(error: Error): void {
    const lost = Object.assign(new Error(error.message), { code: 'PROTOCOL_CONNECTION_LOST' });
    for (const reject of this.#pending) reject(lost);
    this.#pending.clear();
  }
}

/** The callback connection below the promises, which can stream; the driver's types leave it out. */
function coreOf(driver: DriverConnection): CallbackConnection {
  return (driver as unknown as { readonly connection: CallbackConnection }).connection;
}

function resultOf(header: unknown): StatementResult {
  const { affectedRows, warningStatus, info } = header as {
    affectedRows?: number;
    warningStatus?: number;
    info?: string;
  };
  return { affectedRows: affectedRows ?? 0, warnings: warningStatus ?? 0, info: info ?? '' };
}

function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled();
}

function cancelled(): CancelledError {
  return new CancelledError('the statement was cancelled');
}

function readTimedOut(sql: string, ms: number): DatabaseError {
  return new DatabaseError(`the statement ran longer than the read time-out of ${ms / 1000} s`, {
    kind: 'cancelled',
    errno: 0,
    sqlState: '',
    symbol: 'READ_TIMEOUT',
    sql,
  });
}
