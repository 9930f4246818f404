import type {
  RawChanges,
  RawRecord,
  RawStream,
  RawWindowWriter,
} from '../../../cli/load/raw/raw-stream.ts';
import type { Interval } from '../../../cli/warehouse/state/intervals.ts';
import { CortexError } from '../../../cli/kernel/errors.ts';
import type { Page, ReadContext, Stream } from '../../sdk/definition.ts';
import type { JsonRecord } from '../../sdk/json.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import type { ErasedPeople } from '../pii/erased-people.ts';
import { withoutTraces } from '../pii/erased-record.ts';
import type { PiiMode } from '../pii/treatment.ts';
import { flattenRecord } from '../flatten/flatten-record.ts';
import { JsonWriter } from '../flatten/json-writer.ts';
import { keyCells } from '../flatten/key-cells.ts';
import { UnreadFields } from '../flatten/unread-fields.ts';
import type { LandedStream } from '../flatten/landed-stream.ts';
import { landedStream } from '../flatten/landed-stream.ts';
import { manyRejects, platformNotice } from '../messages.ts';
import { halvesOf, sliceOf } from '../plan/windows.ts';
import { addChanges, NO_CHANGES } from '../../../cli/load/raw/change-count.ts';
import { ReadSinceError } from '../../../cli/load/raw/read-since.ts';
import type { CheckedAccount } from './open-account.ts';
import { readProblem } from './probe.ts';
import type { SyncPlace } from './sync-event.ts';
import type { SyncRun } from './sync-run.ts';

/** A platform that is asked for less is not asked for fewer records than this, unless its stream says so. */
const LEAST_PAGE = 25;
/** So many rejected records may be a coincidence. */
const FEW_REJECTS = 10;

/** What was seen of a window so far. */
interface Counted {
  records: number;
  rejected: number;
  readonly unread: Set<string>;
}

export interface StreamReaderOptions {
  readonly run: SyncRun;
  readonly account: CheckedAccount;
  readonly stream: Stream;
  readonly pii: PiiMode;
  readonly landed: LandedStream;
  readonly erasedPeople: ErasedPeople | undefined;
  readonly raw: RawStream;
  /** The table that the records land in. */
  readonly tableName: string;
  readonly place: SyncPlace;
}

/** Reads windows of one stream of one account into its raw tables. */
export class StreamReader {
  readonly #options: StreamReaderOptions;
  readonly #told = new Set<string>();
  readonly #unread: UnreadFields;
  readonly #json = new JsonWriter();
  /** How records of persons who were erased land. */
  readonly #dropped: LandedStream;
  /** Fields that the issues of this run have. */
  readonly #notedFields = new Set<string>();
  #pageSize: number;
  #pages = 0;
  #records = 0;
  #changes: RawChanges = NO_CHANGES;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
    this.#pageSize = options.stream.pageSize;
    this.#unread = new UnreadFields(options.stream);
    this.#dropped = landedStream(options.stream, 'drop');
  }

  /** So far, in this run. */
  get progress() {
    return { pages: this.#pages, records: this.#records, changes: this.#changes };
  }

  /**
   * Reads a window completely and commits it with the state; again where another run was there in between. Where it is too much for the platform, pages
   * become smaller, where they have a part in it, then the window is read in halves. Throws ReadFailure, CortexError or CancelledError.
   */
  async read(window: Interval | undefined): Promise<void> {
    for (;;) {
      try {
        return await this.#readOnce(window);
      } catch (error) {
        if (error instanceof ReadSinceError) {
          const { run, place } = this.#options;
          run.onEvent({
            type: 'waiting',
            place,
            reason: `${error.message}, it is read again`,
            ms: 0,
          });
          continue;
        }
        if (!(error instanceof ReadFailure) || error.outcome.action !== 'split_request')
          throw error;
        if (error.outcome.by !== 'slice' && this.#shrinkPages(error.message)) continue;
        const halves = this.#halve(window, error);
        for (const half of halves) await this.read(half);
        return;
      }
    }
  }

  /** Marks what the platform says is gone, by ids. */
  async sweep(): Promise<void> {
    const { stream, raw, run } = this.#options;
    if (stream.sweep === undefined) return;
    const startedAt = run.clock.now();
    const { yields } = stream.sweep;
    await using writer = await raw.sweep({ yields, readAt: new Date(startedAt).toISOString() });
    for await (const keys of this.#guarded(stream.sweep.read(this.#context(startedAt)))) {
      await writer.keys(this.#keyCells(keys));
    }
    const deleted = await writer.commit();
    this.#changes = addChanges(this.#changes, { ...NO_CHANGES, deleted });
  }

  async #readOnce(window: Interval | undefined): Promise<void> {
    const { raw, stream, run, place } = this.#options;
    const startedAt = run.clock.now();
    const readAt = new Date(startedAt).toISOString();
    const slice = sliceOf(window, stream.cursor.kind);
    await using writer = await raw.readWindow({ range: window, readAt });
    const counted = { records: 0, rejected: 0, unread: new Set<string>() };
    for await (const page of this.#guarded(stream.read(this.#context(startedAt), slice))) {
      await this.#take(page, writer, counted);
    }
    if (counted.rejected > FEW_REJECTS && counted.rejected * 100 > counted.records) {
      throw new CortexError([manyRejects(place, counted.rejected, counted.records)]);
    }
    this.#noteUnread(counted.unread, writer);
    const changes = await writer.commit();
    for (const field of counted.unread) this.#notedFields.add(field);
    this.#changes = addChanges(this.#changes, changes);
    run.onEvent({ type: 'windowFinished', place, changes });
  }

  async #take(page: Page, writer: RawWindowWriter, counted: Counted): Promise<void> {
    const { run, place } = this.#options;
    await writer.write(this.#flattened(page.records, writer, counted));
    counted.records += page.records.length;
    if (page.deletedKeys !== undefined && page.deletedKeys.length > 0) {
      await writer.deleteKeys(this.#keyCells(page.deletedKeys));
    }
    for (const notice of page.notices ?? []) this.#tell(notice);
    this.#pages += 1;
    this.#records += page.records.length;
    run.onEvent({ type: 'pageRead', place, pages: this.#pages, records: this.#records });
  }

  /** One by one, as they are taken in: what a page holds is bounded by the platform only. */
  *#flattened(
    records: readonly JsonRecord[],
    writer: RawWindowWriter,
    counted: Counted,
  ): Generator<RawRecord> {
    const { stream, landed, account, pii } = this.#options;
    const place = { timeZone: account.facts.timeZone };
    for (const record of records) {
      this.#unread.find(record, counted.unread);
      const flat = this.#isErased(record)
        ? flattenRecord(withoutTraces(record, stream), {
            stream,
            landed: this.#dropped,
            place,
            json: this.#json,
          })
        : flattenRecord(record, { stream, landed, place, json: this.#json });
      if (flat.kind === 'record') {
        yield flat.record;
        continue;
      }
      const { problem, hash, json } = flat.rejected;
      counted.rejected += 1;
      // Where personal data does not land, a record that was not understood does not land either.
      const isKept = pii === 'keep' && !this.#isErased(record);
      writer.reject({ problem, hash, json: isKept ? json : undefined });
    }
  }

  /** Of a person who was erased: the record lands without them. */
  #isErased(record: JsonRecord): boolean {
    const { erasedPeople, stream, place } = this.#options;
    return erasedPeople?.ownRecord(record, stream, place) ?? false;
  }

  /** Once for each field and run. */
  #noteUnread(fields: ReadonlySet<string>, writer: RawWindowWriter): void {
    const table = this.#options.tableName;
    const problem = 'no column reads it; its values stand in `_record`';
    for (const path of fields) {
      if (this.#notedFields.has(path)) continue;
      writer.note({ kind: 'unknown_field', table, path, problem });
    }
  }

  #keyCells(keys: readonly (readonly string[])[]) {
    return keyCells(keys, this.#options.landed.table);
  }

  #tell(notice: string): void {
    if (this.#told.has(notice)) return;
    this.#told.add(notice);
    const { run, place, account } = this.#options;
    const diagnostic = platformNotice(place, account.http.scrub(notice));
    run.onEvent({ type: 'problem', place, diagnostic });
  }

  #context(startedAt: number): ReadContext {
    const { run, account, place } = this.#options;
    return {
      http: account.http,
      account: account.account.settings,
      accountId: account.account.id,
      facts: account.facts,
      pageSize: this.#pageSize,
      purpose: run.order.purpose,
      startedAt,
      sleep: async (ms, reason) => {
        run.onEvent({ type: 'waiting', place, reason, ms });
        await run.clock.sleep(ms, account.signal);
      },
    };
  }

  /** The generator's items; what it stumbles over is a failure of the read, not of the program. */
  async *#guarded<T>(items: AsyncGenerator<T, void>): AsyncGenerator<T> {
    const { account } = this.#options;
    try {
      for (;;) {
        account.signal.throwIfAborted();
        const next = await items.next().catch((error: unknown) => {
          throw readProblem(error, (text) => account.http.scrub(text));
        });
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await items.return();
    }
  }

  #shrinkPages(reason: string): boolean {
    const { stream, run, place } = this.#options;
    const least = Math.min(stream.leastPageSize ?? LEAST_PAGE, stream.pageSize);
    if (this.#pageSize <= least) return false;
    this.#pageSize = Math.max(least, Math.floor(this.#pageSize / 2));
    run.onEvent({ type: 'split', place, reason, to: `${this.#pageSize} records a page` });
    return true;
  }

  #halve(window: Interval | undefined, failure: ReadFailure): readonly Interval[] {
    const { stream, run, place } = this.#options;
    const { kind } = stream.cursor;
    const halves = window === undefined || kind === 'none' ? undefined : halvesOf(window, kind);
    if (halves === undefined) throw failure;
    const [{ from, to }] = halves;
    const reason = failure.message;
    run.onEvent({ type: 'split', place, reason, to: `a window from ${from} to ${to}` });
    return halves;
  }
}
