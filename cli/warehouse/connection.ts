import { Readable } from 'node:stream';
import type { Connection as CallbackConnection } from 'mysql2';
import type { Connection as DriverConnection, QueryOptions } from 'mysql2/promise';
import { CancelledError } from '../kernel/errors.ts';
import { DatabaseError } from './database-error.ts';
import type { Answer, Connection, Row, RunOptions, StatementResult } from './database.ts';
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
  readonly #stops = new WeakMap<AbortSignal, Set<() => void>>();
  readonly #closed = new AbortController();
  #isClosed = false;

  constructor(driver: DriverConnection, owner: ConnectionOwner) {
    this.#driver = driver;
    this.#owner = owner;
    this.threadId = driver.threadId ?? 0;
    driver.on('error', (error: Error) => this.#fail(error));
    driver.on('end', () => this.#fail(new Error('the connection was closed')));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async execute(sql: string, options: RunOptions = {}): Promise<StatementResult> {
    return resultOf(await this.#run(sql, options));
  }

  async query(sql: string, options: RunOptions = {}): Promise<readonly Row[]> {
    const rows = await this.#run(sql, options);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  }

  async sendEach(
    statements: readonly string[],
    options: RunOptions = {},
  ): Promise<readonly Answer[]> {
    const { runId } = this.#owner;
    const [first = '', ...rest] = statements;
    const text = [first, ...rest.map((sql) => withComment(sql, runId, options.node))].join(';\n');
    const answers = await this.#run(text, options, {}, async () => this.#abandon());
    return (answers as unknown[]).map((answer) =>
      Array.isArray(answer)
        ? { rows: answer as Row[], affectedRows: 0 }
        : { rows: [], affectedRows: resultOf(answer).affectedRows },
    );
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
    const infileStreamFactory = (): Readable =>
      Readable.from(source.chunks(), { objectMode: false });
    const result = await this.#run(sql, options, { infileStreamFactory }).catch(
      (error: unknown) => {
        throw source.failure() ?? error;
      },
    );
    const failure = source.failure();
    if (failure !== undefined) throw failure;
    return resultOf(result);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.abort();
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

  /** The driver's answer to one statement: rows, or the header of a result without any. */
  async #run(
    sql: string,
    options: RunOptions,
    extras: Omit<QueryOptions, 'sql'> = {},
    stopNow = async (): Promise<void> => this.#stop(),
  ): Promise<unknown> {
    refuseAborted(options.signal);
    const text = withComment(sql, this.#owner.runId, options.node);
    let stopping: Promise<void> | undefined;
    let isLate = false;
    const stop = (): void => void (stopping ??= stopNow());
    const { readTimeoutMs } = this.#owner;
    const timer =
      readTimeoutMs > 0 ? setTimeout(() => ((isLate = true), stop()), readTimeoutMs) : undefined;
    const stops = this.#stopsOf(options.signal);
    stops?.add(stop);
    try {
      const answer = await this.#send({ ...extras, sql: text });
      // A killed SLEEP succeeds on MySQL: what was asked to stop counts as stopped.
      if (stopping === undefined) return answer;
    } catch (error) {
      if (stopping === undefined) throw toDatabaseError(error, text, this.#owner.password);
    } finally {
      clearTimeout(timer);
      stops?.delete(stop);
      if (stopping !== undefined) await stopping;
    }
    throw isLate ? readTimedOut(text, readTimeoutMs) : cancelled();
  }

  /** Settles with the driver's answer or, at the latest, when the connection goes. */
  #send(statement: QueryOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      coreOf(this.#driver).query(statement, (error, answer) => {
        this.#pending.delete(reject);
        if (error === null) resolve(answer);
        else reject(error);
      });
    });
  }

  /** What an abort calls: one listener for all statements, since adding and removing one takes longer than sending. */
  #stopsOf(signal: AbortSignal | undefined): Set<() => void> | undefined {
    if (signal === undefined) return undefined;
    const known = this.#stops.get(signal);
    if (known !== undefined) return known;
    const stops = new Set<() => void>();
    this.#stops.set(signal, stops);
    const stopAll = (): void => {
      for (const stop of stops) stop();
    };
    signal.addEventListener('abort', stopAll, { once: true, signal: this.#closed.signal });
    return stops;
  }

  /**
   * Kills the running statement. The empty statement afterwards takes the kill when it came too late, so
   * that the session's next statement is safe.
   */
  async #stop(): Promise<void> {
    await this.#owner.kill(this.threadId);
    if (!this.#isClosed) await this.#send({ sql: 'DO 0' }).catch(() => undefined);
  }

  /**
   * Kills what is running and closes the session: a kill between two of several statements makes the server
   * leave the others out without a word, and nobody could tell how many answers are still to come.
   */
  async #abandon(): Promise<void> {
    await this.#owner.kill(this.threadId);
    await this.close();
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
