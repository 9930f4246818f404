import type { RawStreamShape } from '../../../cli/load/raw/raw-stream.ts';
import { CancelledError, CortexError } from '../../../cli/kernel/errors.ts';
import { keepHeapSmall } from '../../../cli/platform/small-heap.ts';
import type { Interval } from '../../../cli/warehouse/state/intervals.ts';
import type { StreamLock } from '../../../cli/warehouse/sync-session.ts';
import type { StreamState } from '../../../cli/warehouse/state/sync-state.ts';
import type { Stream } from '../../sdk/definition.ts';
import type { FailedOutcome } from '../../sdk/read-failure.ts';
import { ReadFailure } from '../../sdk/read-failure.ts';
import type { ConfiguredStream } from '../configured-platform.ts';
import { landedStream } from '../flatten/landed-stream.ts';
import { rawStreamShape } from '../flatten/raw-shape.ts';
import { readFailed, valuesDoNotFit } from '../messages.ts';
import { hasMarks } from '../pii/marks.ts';
import type { ReadPlan } from '../plan/plan-reads.ts';
import { planStream } from '../plan/plan-stream.ts';
import { NO_CHANGES } from '../../../cli/load/raw/change-count.ts';
import type { CheckedAccount } from './open-account.ts';
import { StreamReader } from './stream-reader.ts';
import type { StreamResult, StreamStatus } from './sync-event.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * Reads what a run wants of one stream of one account. Problems that a person can mend are reported as
 * events, and the stream ends; other streams go on. Throws only for mistakes of Cortex itself.
 */
export async function syncStream(
  run: SyncRun,
  account: CheckedAccount,
  configured: ConfiguredStream,
): Promise<StreamResult> {
  const stream = new StreamSync(run, account, configured);
  return stream.run();
}

type StreamPlace = StreamResult['place'];

class StreamSync {
  readonly #run: SyncRun;
  readonly #account: CheckedAccount;
  readonly #configured: ConfiguredStream;
  readonly #place: StreamPlace;
  readonly #shape: RawStreamShape;
  readonly #startedAt: number;
  readonly #start: number;
  #reader: StreamReader | undefined;
  #window: Interval | undefined;
  #windows = 0;
  /** Why nothing more of the account can be read, where this stream was the first to learn it. */
  #accountFailure: ReadFailure | undefined;

  constructor(run: SyncRun, account: CheckedAccount, configured: ConfiguredStream) {
    this.#run = run;
    this.#account = account;
    this.#configured = configured;
    const { stream } = configured;
    this.#place = { ...account.place, stream: stream.name };
    const { definition, place } = account.platform;
    this.#shape = rawStreamShape(definition, stream, landedStream(stream, configured.pii), place);
    this.#startedAt = run.clock.now();
    this.#start = run.clock.monotonic();
  }

  async run(): Promise<StreamResult> {
    try {
      await this.#read();
      return await this.#ended('success');
    } catch (error) {
      if (this.#accountFailure !== undefined) return this.#failed(this.#accountFailure);
      const { lost } = this.#run.session;
      if (lost.aborted && !this.#run.signal.aborted) return this.#failedToWrite(lost.reason);
      if (this.#account.signal.aborted || error instanceof CancelledError) {
        return this.#ended(this.#account.stopped.status);
      }
      if (error instanceof ReadFailure) return this.#failed(error);
      return this.#failedToWrite(error);
    }
  }

  /** The database refused, or the session that holds the stream's lock is gone. */
  async #failedToWrite(error: unknown): Promise<StreamResult> {
    const place = this.#place;
    const { DatabaseError } = await import('../../../cli/warehouse/database-error.ts');
    const { writeFailed } = await import('../../../cli/load/raw/messages.ts');
    const told =
      error instanceof DatabaseError ? writeFailed(this.#shape, error, place.accountId) : error;
    if (!(told instanceof CortexError)) throw told;
    for (const diagnostic of told.diagnostics) {
      this.#run.onEvent({ type: 'problem', place, diagnostic });
    }
    return this.#ended('error');
  }

  async #read(): Promise<void> {
    const { order, session, signal } = this.#run;
    const place = this.#place;
    await using lock = await session.lock(
      { ...place, purpose: order.purpose },
      {
        wait: order.wait,
        signal,
        onWait: () =>
          this.#run.onEvent({ type: 'waiting', place, reason: 'another run reads it', ms: 0 }),
      },
    );
    try {
      await this.#readLocked();
      await this.#release(lock, 'success');
    } catch (error) {
      this.#endAccount(error);
      await this.#release(lock, error instanceof CancelledError ? 'cancelled' : 'error');
      throw error;
    }
  }

  /** The first stream that learns that the account cannot be read ends the others, and alone tells of it. */
  #endAccount(error: unknown): void {
    if (!(error instanceof ReadFailure) || !isOfAccount(error.outcome)) return;
    if (this.#account.signal.aborted) return;
    this.#accountFailure = error;
    this.#account.stop(error.outcome.action === 'stop_until_reset' ? 'partial' : 'skipped');
  }

  async #release(lock: StreamLock, status: string): Promise<void> {
    await lock.release(status, this.#reader?.progress.changes ?? NO_CHANGES);
  }

  async #readLocked(): Promise<void> {
    const { database, order, session, tableDefaults, clock } = this.#run;
    const { stream, pii } = this.#configured;
    const { signal } = this.#account;
    const { prepareRawTables } = await import('../../../cli/load/raw/prepare-raw-tables.ts');
    const { openRawStream } = await import('../../../cli/load/raw/open-raw-stream.ts');
    keepHeapSmall();
    const { accountId } = this.#place;
    await prepareRawTables(database, this.#shape, { tableDefaults, clock, signal, accountId });
    if (order.fullRefresh) await session.state.reset(this.#place);
    const before = await session.state.stream(this.#place, this.#shape.version);
    const plan = this.#plan(before);
    await using raw = openRawStream({
      database,
      shape: this.#shape,
      accountId,
      purpose: order.purpose,
      tableDefaults,
      clock,
      signal,
    });
    const landed = landedStream(stream, pii);
    const erasedPeople = hasMarks(stream) ? await this.#run.erasedPeople?.() : undefined;
    this.#reader = new StreamReader({
      run: this.#run,
      account: this.#account,
      place: this.#place,
      stream,
      pii,
      landed,
      erasedPeople,
      raw,
      tableName: this.#shape.table.relation.name,
    });
    await this.#readWindows(plan, this.#reader);
    if (plan.isDeep) {
      await session.state.markDeepRead(this.#place, new Date(this.#startedAt).toISOString());
    }
    if (isSweepDue(stream, before, this.#run)) await this.#reader.sweep();
  }

  #plan(before: StreamState | undefined): ReadPlan {
    const { platform, facts, http } = this.#account;
    return planStream(
      { stream: this.#configured.stream, before, startDate: platform.startDate },
      this.#run.order,
      // What the platform has not seen yet cannot be read.
      { now: this.#startedAt - Math.max(0, http.aheadMs), timeZone: facts.timeZone },
    );
  }

  async #readWindows({ windows }: ReadPlan, reader: StreamReader): Promise<void> {
    const place = this.#place;
    this.#run.onEvent({ type: 'streamStarted', place, windows: windows.length });
    for (const [index, range] of windows.entries()) {
      this.#window = range;
      const count = { index: index + 1, windows: windows.length };
      this.#run.onEvent({ type: 'windowStarted', place, range, ...count });
      await reader.read(range);
      this.#windows += 1;
    }
  }

  async #failed({ outcome }: ReadFailure): Promise<StreamResult> {
    const place = this.#place;
    const diagnostic = readFailed(outcome, place, this.#window);
    this.#run.onEvent({ type: 'problem', place, diagnostic });
    const isPartial = outcome.action === 'stop_until_reset';
    // At once: what other streams have under way is refused too, and is not told again.
    if (isOfAccount(outcome)) this.#account.stop(isPartial ? 'partial' : 'skipped');
    const ended = await this.#ended(isPartial ? 'partial' : 'error');
    const retryAfterMs = isPartial ? outcome.waitMs : undefined;
    return { ...ended, retryAfterMs };
  }

  async #ended(status: StreamStatus): Promise<StreamResult> {
    const place = this.#place;
    const { pages, records, changes } = this.#reader?.progress ?? {
      pages: 0,
      records: 0,
      changes: NO_CHANGES,
    };
    if (changes.misfits > 0 || changes.rejected > 0) {
      const diagnostic = valuesDoNotFit(place, changes);
      this.#run.onEvent({ type: 'problem', place, diagnostic });
    }
    const ms = this.#run.clock.monotonic() - this.#start;
    const readUntil = await this.#readUntil();
    const windows = this.#windows;
    return { place, status, changes, windows, pages, records, ms, readUntil };
  }

  /** Unknown where the state can no longer be read. */
  async #readUntil(): Promise<string | undefined> {
    const { session } = this.#run;
    const state = await session.state
      .stream(this.#place, this.#shape.version)
      .catch(() => undefined);
    return state?.intervals.at(-1)?.to;
  }
}

/**
 * A first sync has read everything that exists; the second one sweeps. Counting from the last sync instead would
 * never come to an end where somebody syncs every day.
 */
function isSweepDue(stream: Stream, before: StreamState | undefined, run: SyncRun): boolean {
  if (stream.sweep === undefined || before === undefined) return false;
  if (run.order.purpose === 'backfill' || run.order.since !== undefined) return false;
  if (before.sweptAt === undefined) return true;
  return run.clock.now() - Date.parse(before.sweptAt) >= stream.sweep.everyDays * 86_400_000;
}

/** Nothing else of the account could be read either. */
function isOfAccount(failure: FailedOutcome): boolean {
  switch (failure.action) {
    case 'skip_account':
    case 'stop_until_reset':
      return true;
    case 'fatal':
      return failure.kind === 'auth' || failure.kind === 'account' || failure.kind === 'version';
    case 'retry':
    case 'rate_limited':
    case 'split_request':
      return false;
  }
}
