import type { Capabilities } from '../manifest/capabilities.ts';

export interface StatementResult {
  readonly affectedRows: number;
  readonly warnings: number;
  readonly info: string;
}

/** A row as the server sent it: DECIMAL, BIGINT, dates and JSON are text, so that no digit is lost. */
export type Row = Readonly<Record<string, unknown>>;

/** What came of one of several statements. */
export interface Answer {
  readonly rows: readonly Row[];
  readonly affectedRows: number;
}

export interface RunOptions {
  /** Put in a comment before the statement (`cortex:<run>:<node>`), to be found in the process list. */
  readonly node?: string;
  /** Aborting sends KILL QUERY from the control connection and rejects with CancelledError. */
  readonly signal?: AbortSignal;
}

/** One session of the server, with Cortex's settings (UTC, strict mode, READ COMMITTED, short lock waits). */
export interface Connection extends AsyncDisposable {
  readonly threadId: number;
  /** True once it was closed by this side, by `close` or because what it did was stopped. */
  readonly isClosed: boolean;
  /** Sends one statement that returns no rows. Driver errors are thrown as DatabaseError. */
  execute(sql: string, options?: RunOptions): Promise<StatementResult>;
  /** Sends one statement and reads all rows. */
  query(sql: string, options?: RunOptions): Promise<readonly Row[]>;
  /**
   * Sends several statements at once and answers for each. The server does them in order, up to the first
   * that fails. Only for a session that was opened for it; aborting closes the session.
   */
  sendEach(statements: readonly string[], options?: RunOptions): Promise<readonly Answer[]>;
  /** Sends one statement and yields rows without holding them all. */
  stream(sql: string, options?: RunOptions): AsyncIterable<Row>;
  /** `LOAD DATA LOCAL INFILE` reading from a stream of Buffers; only this call may answer the server's request. */
  loadData(
    sql: string,
    input: AsyncIterable<Uint8Array>,
    options?: RunOptions,
  ): Promise<StatementResult>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Lets `sendEach` be used. Other sessions refuse a second statement, however it got into the text. */
  readonly severalStatements?: boolean;
}

/** A target that answered: opens sessions, cancels statements, names its capabilities. */
export interface Database extends AsyncDisposable {
  readonly capabilities: Capabilities;
  /** The target's own database (schema), where unqualified relations live. */
  readonly database: string;
  /** `db.internal:3306/shop`, without secrets. */
  readonly address: string;
  /** Identifies the run in comments and locks. */
  readonly runId: string;
  /** Opens one more session. Throws CortexError. */
  connect(options?: SessionOptions): Promise<Connection>;
  /** KILL QUERY of a thread, from a control connection that is reserved at the start. */
  kill(threadId: number): Promise<void>;
  /** The control connection, for catalog reads, process lists and progress. */
  readonly control: Connection;
  close(): Promise<void>;
}
