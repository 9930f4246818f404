import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';
import { NO_CHANGES } from './change-count.ts';
import type { NotedIssues } from './issues.ts';
import { writeFailed } from './messages.ts';
import type {
  RawChanges,
  RawIssue,
  RawRecord,
  RawReject,
  RawWindow,
  RawWindowWriter,
} from './raw-stream.ts';
import type { EncodedBatch, RecordBatch } from './record-batch.ts';
import { RecordIntake } from './record-intake.ts';
import type { Progress } from './state-row.ts';
import { RefusedRecordError } from './stream-writer.ts';
import type { StreamWriter } from './stream-writer.ts';
import { refusedRecord } from './window-notes.ts';

/** A window that was read, or rows that are written without anything being read. */
type WrittenWindow = RawWindow | Pick<RawWindow, 'readAt'>;

/**
 * A window of an `upsert` stream. Batches are committed as they fill, each whole and under its guard; the
 * state moves with the last one. While one is written the next is filled.
 */
export class UpsertWindow implements RawWindowWriter {
  readonly #writer: StreamWriter;
  readonly #window: WrittenWindow;
  readonly #beganAt: string;
  readonly #intake: RecordIntake;
  /** Nothing of the window was read before: rows may go straight into the tables. */
  #isFresh: boolean;

  /** @param before what the state said before the first record was read */
  constructor(
    writer: StreamWriter,
    window: WrittenWindow,
    before: { readonly beganAt: string; readonly isFresh: boolean },
  ) {
    this.#writer = writer;
    this.#window = window;
    this.#beganAt = before.beganAt;
    this.#isFresh = before.isFresh;
    this.#intake = new RecordIntake(writer, this.#beganAt, (batch) =>
      this.#flush(batch, undefined),
    );
  }

  write(records: Iterable<RawRecord>): Promise<void> {
    return this.#intake.write(records);
  }

  async deleteKeys(keys: readonly (readonly string[])[]): Promise<void> {
    for (const key of keys) this.#intake.batch.delete(key);
  }

  note(issue: RawIssue): void {
    this.#intake.issues.note(issue);
  }

  reject(reject: RawReject): void {
    this.#intake.reject(reject);
  }

  async commit(): Promise<RawChanges> {
    await this.#intake.arrived();
    await this.#flush(
      this.#intake.batch,
      'range' in this.#window ? { kind: 'window', ...this.#window } : undefined,
    );
    return this.#intake.changes;
  }

  abandon(): Promise<void> {
    return this.#intake.abandon();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.abandon();
  }

  async #flush(batch: RecordBatch, progress: Progress | undefined): Promise<void> {
    try {
      this.#intake.count(await this.#writeBatch(batch, progress));
    } catch (error) {
      throw error instanceof DatabaseError
        ? writeFailed(this.#writer.shape, error, this.#writer.key.accountId)
        : error;
    }
  }

  async #writeBatch(batch: RecordBatch, progress: Progress | undefined): Promise<RawChanges> {
    const noted = this.#intake.issues.take();
    for (;;) {
      const encoded = batch.encode();
      if (this.#isFresh) {
        const loaded = await this.#writeDirectly(encoded, noted, progress);
        if (loaded !== undefined) return loaded;
        this.#isFresh = false;
      }
      try {
        return await this.#writeStaged(encoded, noted, progress);
      } catch (error) {
        if (!(error instanceof RefusedRecordError)) throw error;
        const reject = refusedRecord(batch, encoded, error);
        if (reject === undefined) throw error;
        noted.rejects.push(reject);
        this.#intake.count({ rejected: 1 });
      }
    }
  }

  /** `undefined` when a row is there already. */
  async #writeDirectly(
    encoded: EncodedBatch,
    noted: NotedIssues,
    progress: Progress | undefined,
  ): Promise<RawChanges | undefined> {
    try {
      return await this.#writer.session.run({
        stage: async (connection) => this.#stageKeys(connection, encoded),
        apply: async (connection) => {
          const context = this.#writer.context(this.#beganAt);
          if (!(await this.#writer.loadDirectly(connection, encoded, context)))
            throw new NotFresh();
          const deleted = await this.#finish(connection, encoded, noted);
          return { ...NO_CHANGES, added: encoded.parent.count, deleted };
        },
        progress,
        isRepeatable: true,
      });
    } catch (error) {
      if (error instanceof NotFresh) return undefined;
      throw error;
    }
  }

  async #writeStaged(
    encoded: EncodedBatch,
    noted: NotedIssues,
    progress: Progress | undefined,
  ): Promise<RawChanges> {
    const hasRecords = encoded.parent.count > 0;
    return this.#writer.session.run({
      stage: async (connection) => {
        if (hasRecords) {
          await this.#writer.clearStage(connection);
          await this.#writer.stage(connection, encoded, 1);
        }
        await this.#stageKeys(connection, encoded);
      },
      apply: async (connection) => {
        const context = this.#writer.context(this.#beganAt);
        const merged = hasRecords ? await this.#writer.merge(connection, context) : NO_CHANGES;
        return { ...merged, deleted: await this.#finish(connection, encoded, noted) };
      },
      progress,
      isRepeatable: true,
    });
  }

  async #stageKeys(connection: Connection, { deleted }: EncodedBatch): Promise<void> {
    if (deleted.count === 0) return;
    await this.#writer.clearKeys(connection);
    await this.#writer.stageKeys(connection, deleted);
  }

  async #finish(
    connection: Connection,
    { deleted }: EncodedBatch,
    noted: NotedIssues,
  ): Promise<number> {
    await this.#writer.writeIssues(connection, noted, this.#window.readAt);
    if (deleted.count === 0) return 0;
    return this.#writer.markDeleted(connection, this.#writer.context(this.#beganAt));
  }
}

/** A row that was to be added is there. */
class NotFresh extends Error {}
