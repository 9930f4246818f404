import { CancelledError } from '../../kernel/errors.ts';
import { relationSql } from '../../sql/identifier.ts';
import { LOCAL_REFUSED, loadDataSql } from '../../sql/load-data.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';
import { insertRows } from './insert-rows.ts';
import type { InsertTarget } from './insert-rows.ts';
import { RowRefusedError } from './row-refused.ts';
import type { TsvBatch } from './tsv.ts';
import { tsvRows } from './tsv.ts';

/** One statement takes this much at most: progress, a small undo, and what is kept in case it is refused. */
const STATEMENT_ROWS = 50_000;
const STATEMENT_BYTES = 8 * 1024 * 1024;

export interface LoadTarget extends InsertTarget {
  /** The server allows `LOAD DATA LOCAL INFILE`. */
  readonly localInfile: boolean;
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Loads batches into a table that no reader knows yet, statement by statement, each in a transaction;
 * every connection takes the next statement's worth, so the order of the rows is not kept.
 * `LOAD DATA LOCAL` never refuses a value, it bends it and warns: a statement is committed only
 * without warnings and with every row in place. Otherwise, and where the server does not allow it, the
 * same rows are inserted in strict mode, which names the row that does not fit (RowRefusedError; the
 * first one, when several connections met one).
 */
export async function loadBatches(
  connections: readonly Connection[],
  target: LoadTarget,
  batches: AsyncIterable<TsvBatch>,
): Promise<{ readonly rows: number }> {
  const dealer = new BatchDealer(batches, target.signal);
  const progress = { rows: 0 };
  const loaders = connections.map((connection) =>
    loadOn(connection, target, dealer, progress).catch((error: unknown) => {
      dealer.stop();
      return { error };
    }),
  );
  const failures = (await Promise.all(loaders)).filter((end) => end !== undefined);
  if (failures.length > 0) throw firstOf(failures.map(({ error }) => error));
  return progress;
}

/** The refused row that comes first in the source, or whatever else went wrong. */
function firstOf(errors: readonly unknown[]): unknown {
  const refused = errors
    .filter((error) => error instanceof RowRefusedError)
    .toSorted((a, b) => a.row - b.row);
  return errors.find((error) => !(error instanceof RowRefusedError)) ?? refused[0];
}

async function loadOn(
  connection: Connection,
  target: LoadTarget,
  dealer: BatchDealer,
  progress: { rows: number },
): Promise<undefined> {
  const source = new StatementSource(dealer);
  let mayLoad = target.localInfile;
  while (await source.hasMore()) {
    if (mayLoad) mayLoad = (await loadStatement(connection, target, source)) !== 'forbidden';
    else await source.takeStatement();
    for (const batch of source.unloaded) {
      await insertRows(connection, target, tsvRows(batch), batch.firstRow);
    }
    progress.rows += source.takenRows;
    target.onProgress?.(progress.rows);
  }
}

async function loadStatement(
  connection: Connection,
  target: LoadTarget,
  source: StatementSource,
): Promise<'loaded' | 'refused' | 'forbidden'> {
  const options = target.signal === undefined ? {} : { signal: target.signal };
  const loadSql = loadDataSql({ ...target, table: relationSql(target.relation), verb: 'into' });
  await connection.execute('start transaction');
  try {
    const result = await connection.loadData(loadSql, source.statement(), options);
    source.throwIfFailed();
    if (result.warnings === 0 && result.affectedRows === source.takenRows) {
      await connection.execute('commit');
      source.accept();
      return 'loaded';
    }
    await connection.execute('rollback');
    return 'refused';
  } catch (error) {
    await connection.execute('rollback').catch(() => undefined);
    source.throwIfFailed();
    if (!(error instanceof DatabaseError) || error.kind !== 'statement') throw error;
    if (!LOCAL_REFUSED.has(error.errno)) return 'refused';
    return 'forbidden';
  }
}

/** A batch and the number of its first row, counted from 0 over the whole source. */
interface DealtBatch extends TsvBatch {
  readonly firstRow: number;
}

/** Hands the batches of one source to several takers, each batch once and in order. */
class BatchDealer {
  readonly #batches: AsyncIterator<TsvBatch>;
  readonly #signal: AbortSignal | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #rows = 0;
  #isStopped = false;

  constructor(batches: AsyncIterable<TsvBatch>, signal: AbortSignal | undefined) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  /** The next batch, or `undefined` when there is none or somebody stopped. */
  next(): Promise<DealtBatch | undefined> {
    const dealt = this.#turn.then(() => this.#deal());
    this.#turn = dealt.catch(() => undefined);
    return dealt;
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #deal(): Promise<DealtBatch | undefined> {
    if (this.#signal?.aborted === true) throw new CancelledError('the load was cancelled');
    if (this.#isStopped) return undefined;
    const next = await this.#batches.next();
    if (next.done === true) return undefined;
    const firstRow = this.#rows;
    this.#rows += next.value.rows;
    return { ...next.value, firstRow };
  }
}

/** Takes batches for one statement after the other, and keeps those of a statement until the server has accepted it. */
class StatementSource {
  readonly #dealer: BatchDealer;
  #next: DealtBatch | undefined;
  #taken: DealtBatch[] = [];
  #failure: { readonly error: unknown } | undefined;
  takenRows = 0;

  constructor(dealer: BatchDealer) {
    this.#dealer = dealer;
  }

  /** Batches that were taken and are not in the table. */
  get unloaded(): readonly DealtBatch[] {
    return this.#taken;
  }

  async hasMore(): Promise<boolean> {
    this.#taken = [];
    this.takenRows = 0;
    this.#next ??= await this.#dealer.next();
    return this.#next !== undefined;
  }

  /** The bytes of one statement. A source that fails ends them early, and is remembered. */
  async *statement(): AsyncGenerator<Uint8Array, void> {
    let bytes = 0;
    try {
      for (let batch = this.#next; batch !== undefined; batch = await this.#dealer.next()) {
        this.#next = undefined;
        this.#taken.push(batch);
        this.takenRows += batch.rows;
        bytes += batch.bytes.length;
        yield batch.bytes;
        if (bytes >= STATEMENT_BYTES || this.takenRows >= STATEMENT_ROWS) return;
      }
    } catch (error) {
      this.#failure = { error };
    }
  }

  async takeStatement(): Promise<void> {
    for await (const _ of this.statement());
    this.throwIfFailed();
  }

  /** The server accepted what was taken. */
  accept(): void {
    this.#taken = [];
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
