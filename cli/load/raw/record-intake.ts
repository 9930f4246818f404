import { NO_CHANGES, addChanges } from './change-count.ts';
import { IssueLog } from './issues.ts';
import type { RawChanges, RawRecord, RawReject } from './raw-stream.ts';
import { RecordBatch } from './record-batch.ts';
import type { StreamWriter } from './stream-writer.ts';
import { noteMisfits, withoutKey } from './window-notes.ts';

/**
 * Takes the records of a window in: fills a batch while the one before is sent, and keeps what is to be
 * noted beside the rows.
 */
export class RecordIntake {
  readonly issues = new IssueLog();
  readonly #writer: StreamWriter;
  readonly #beganAt: string;
  readonly #send: (batch: RecordBatch) => Promise<void>;
  #batch: RecordBatch;
  /** The batch before, whose memory the next one is collected in. */
  #sent: RecordBatch | undefined;
  #inFlight: Promise<void> = Promise.resolve();
  #changes: RawChanges = NO_CHANGES;

  /** `beganAt`: of the read, by the server's clock, UTC, as it writes it. */
  constructor(writer: StreamWriter, beganAt: string, send: (batch: RecordBatch) => Promise<void>) {
    this.#writer = writer;
    this.#beganAt = beganAt;
    this.#send = send;
    this.#batch = new RecordBatch(writer.encoder);
  }

  /** What was counted so far. */
  get changes(): RawChanges {
    return this.#changes;
  }

  /** The batch that is being filled. */
  get batch(): RecordBatch {
    return this.#batch;
  }

  async write(records: Iterable<RawRecord>): Promise<void> {
    for (const record of records) {
      if (this.#writer.encoder.hasKey(record)) {
        this.#batch.add(record, this.#beganAt);
        this.count({ misfits: noteMisfits(this.issues, this.#writer.shape, record) });
      } else this.reject(withoutKey(record));
      if (this.#batch.isFull) await this.turnOver();
    }
  }

  reject(reject: RawReject): void {
    this.issues.reject(reject);
    this.count({ rejected: 1 });
  }

  count(changes: Partial<RawChanges>): void {
    this.#changes = addChanges(this.#changes, { ...NO_CHANGES, ...changes });
  }

  /** Sends the batch, once the one before has arrived, and begins another. */
  async turnOver(): Promise<void> {
    await this.#inFlight;
    const full = this.#batch;
    this.#sent?.clear();
    this.#batch = this.#sent ?? new RecordBatch(this.#writer.encoder);
    this.#sent = full;
    this.#inFlight = this.#send(full);
    this.#inFlight.catch(() => undefined);
  }

  /** Throws what went wrong with the batch that was sent last. */
  async arrived(): Promise<void> {
    await this.#inFlight;
  }

  async abandon(): Promise<void> {
    await this.#inFlight.catch(() => undefined);
  }
}
