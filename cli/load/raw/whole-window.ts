import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';
import { toUtcText } from '../../warehouse/state/utc-text.ts';
import type { Interval } from '../../warehouse/state/intervals.ts';
import { addChanges } from './change-count.ts';
import type { MergeContext } from './merge-sql.ts';
import { markUnseenSql, removeVanishedSql } from './merge-sql.ts';
import { stageLost, writeFailed } from './messages.ts';
import type {
  RawChanges,
  RawIssue,
  RawRecord,
  RawReject,
  RawWindow,
  RawWindowWriter,
} from './raw-stream.ts';
import { ReadSinceError } from './read-since.ts';
import { RecordBatch } from './record-batch.ts';
import { RecordIntake } from './record-intake.ts';
import { RefusedRecordError } from './stream-writer.ts';
import type { StreamWriter } from './stream-writer.ts';
import { refusedRecord } from './window-notes.ts';

/**
 * A window whose rows are compared as a whole with what stands there: `replace_window` and `snapshot`. Batches
 * collect in temporary tables of the session; one transaction merges them, takes away what was not read
 * again, and moves the state. When the session is lost before, the window is read again.
 */
export class WholeWindow implements RawWindowWriter {
  readonly #writer: StreamWriter;
  readonly #window: RawWindow;
  readonly #beganAt: string;
  readonly #intake: RecordIntake;
  readonly #deleted: RecordBatch;
  #batches = 0;
  #session: Connection | undefined;

  /** @param beganAt what the state said before the first record was read */
  constructor(writer: StreamWriter, window: RawWindow, beganAt: string) {
    this.#writer = writer;
    this.#window = window;
    this.#beganAt = beganAt;
    this.#intake = new RecordIntake(writer, beganAt, (batch) => this.#stage(batch));
    this.#deleted = new RecordBatch(writer.encoder);
  }

  write(records: Iterable<RawRecord>): Promise<void> {
    return this.#intake.write(records);
  }

  async deleteKeys(keys: readonly (readonly string[])[]): Promise<void> {
    for (const key of keys) this.#deleted.delete(key);
  }

  note(issue: RawIssue): void {
    this.#intake.issues.note(issue);
  }

  reject(reject: RawReject): void {
    this.#intake.reject(reject);
  }

  async commit(): Promise<RawChanges> {
    await this.#intake.turnOver();
    await this.#intake.arrived();
    try {
      const changes = await this.#apply();
      return addChanges(changes, this.#intake.changes);
    } catch (error) {
      throw this.#described(error);
    }
  }

  abandon(): Promise<void> {
    return this.#intake.abandon();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.abandon();
  }

  async #stage(batch: RecordBatch): Promise<void> {
    try {
      await this.#stageBatch(batch);
    } catch (error) {
      throw this.#described(error);
    }
  }

  async #stageBatch(batch: RecordBatch): Promise<void> {
    this.#batches += 1;
    const connection = await this.#stageSession();
    for (;;) {
      const encoded = batch.encode();
      try {
        return await this.#writer.stage(connection, encoded, this.#batches);
      } catch (error) {
        await connection.execute('rollback').catch(() => undefined);
        if (!(error instanceof RefusedRecordError)) throw error;
        const reject = refusedRecord(batch, encoded, error);
        if (reject === undefined) throw error;
        this.reject(reject);
      }
    }
  }

  /** The session that the rows are staged in: another one has none of them. */
  async #stageSession(): Promise<Connection> {
    const connection = await this.#writer.session.connection();
    if (this.#session === undefined) {
      this.#session = connection;
      await this.#writer.clearStage(connection);
    } else if (this.#session !== connection) {
      throw stageLost(this.#writer.key);
    }
    return connection;
  }

  async #apply(): Promise<RawChanges> {
    const { range, readAt } = this.#window;
    const noted = this.#intake.issues.take();
    const context = this.#writer.context(this.#beganAt);
    const keys = this.#deleted.encode().deleted;
    return this.#writer.session.run({
      stage: async () => {
        const connection = await this.#stageSession();
        if (keys.count === 0) return;
        await this.#writer.clearKeys(connection);
        await this.#writer.stageKeys(connection, keys);
      },
      apply: async (connection) => {
        const vanished = await this.#removeVanished(connection, context);
        const merged = await this.#writer.merge(connection, context);
        const marked = await this.#markDeleted(connection, context, keys.count > 0);
        await this.#writer.writeIssues(connection, noted, readAt);
        return { ...merged, deleted: vanished + marked };
      },
      progress: { kind: 'window', range, readAt },
      isRepeatable: false,
    });
  }

  async #removeVanished(connection: Connection, context: MergeContext): Promise<number> {
    const { write } = this.#writer.shape;
    const { range } = this.#window;
    if (write.mode !== 'replace_window' || range === undefined) return 0;
    await this.#claimRange(connection, range);
    const window = {
      column: write.windowColumn,
      from: toUtcText(range.from),
      to: toUtcText(range.to),
    };
    let removed = 0;
    for (const sql of removeVanishedSql(this.#writer.tables, context, window)) {
      removed = await this.#writer.send(connection, sql);
    }
    return removed;
  }

  /** A backfill that read the window first and ends last would put old rows in the place of new ones. */
  async #claimRange(connection: Connection, range: Interval): Promise<void> {
    const { row } = this.#writer;
    if (await row.isReadSince(connection, range, this.#beganAt)) throw new ReadSinceError();
    await row.noteRead(connection, range, this.#beganAt);
  }

  async #markDeleted(
    connection: Connection,
    context: MergeContext,
    hasKeys: boolean,
  ): Promise<number> {
    const isSnapshot = this.#writer.shape.write.mode === 'snapshot';
    const unseen = isSnapshot
      ? await this.#writer.send(connection, markUnseenSql(this.#writer.tables, context, 'stage'))
      : 0;
    return unseen + (hasKeys ? await this.#writer.markDeleted(connection, context) : 0);
  }

  #described(error: unknown): unknown {
    return error instanceof DatabaseError
      ? writeFailed(this.#writer.shape, error, this.#writer.key.accountId)
      : error;
  }
}
