import type { Interval } from '../../warehouse/state/intervals.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import { writeFailed } from './messages.ts';
import type {
  RawStream,
  RawStreamOptions,
  RawSweep,
  RawSweepWriter,
  RawWindow,
  RawWindowWriter,
} from './raw-stream.ts';
import { rawTables } from './raw-table.ts';
import { stageTables } from './stage-sql.ts';
import type { OpenedState } from './state-row.ts';
import { StateRow } from './state-row.ts';
import { StreamWriter } from './stream-writer.ts';
import { SweepWindow } from './sweep-window.ts';
import { UpsertWindow } from './upsert-window.ts';
import { WholeWindow } from './whole-window.ts';
import { WriteSession } from './write-session.ts';

/** The raw tables of one stream of one account, ready to take windows. Opens nothing before the first. */
export function openRawStream(options: RawStreamOptions): RawStream {
  const { database, shape, accountId, purpose, clock, signal } = options;
  const { platform, stream, version } = shape;
  const row = new StateRow(database, { platform, stream, accountId, purpose, version });
  const tables = rawTables(shape, database.capabilities);
  const session = new WriteSession({
    database,
    row,
    clock,
    signal,
    stageTables: stageTables(tables, options.tableDefaults),
  });
  return new OpenStream(
    new StreamWriter({ database, shape, accountId, session, row, signal }),
    session,
  );
}

class OpenStream implements RawStream {
  readonly #writer: StreamWriter;
  readonly #session: WriteSession;

  constructor(writer: StreamWriter, session: WriteSession) {
    this.#writer = writer;
    this.#session = session;
  }

  async readWindow(window: RawWindow): Promise<RawWindowWriter> {
    const { intervals, at } = await this.#openState();
    if (this.#writer.shape.write.mode !== 'upsert') {
      return new WholeWindow(this.#writer, window, at);
    }
    return new UpsertWindow(this.#writer, window, {
      beganAt: at,
      isFresh: isFresh(intervals, window),
    });
  }

  async amend(at: string): Promise<RawWindowWriter> {
    const { at: beganAt } = await this.#openState();
    return new UpsertWindow(this.#writer, { readAt: at }, { beganAt, isFresh: false });
  }

  async sweep(sweep: RawSweep): Promise<RawSweepWriter> {
    const { at } = await this.#openState();
    return new SweepWindow(this.#writer, sweep, at);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }

  async #openState(): Promise<OpenedState> {
    try {
      return await this.#session.steady(async (connection) => this.#writer.row.open(connection));
    } catch (error) {
      throw error instanceof DatabaseError
        ? writeFailed(this.#writer.shape, error, this.#writer.key.accountId)
        : error;
    }
  }
}

/** Nothing of the window was read before. A record that was, since it changed twice, is noticed by its key. */
function isFresh(done: readonly Interval[], { range }: RawWindow): boolean {
  if (range === undefined) return false;
  return !done.some(({ from, to }) => from < range.to && range.from < to);
}
