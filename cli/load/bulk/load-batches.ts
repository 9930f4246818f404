import { CancelledError } from '../../kernel/errors.ts';
import { columnList } from '../../sql/create-table.ts';
import { relationSql } from '../../sql/identifier.ts';
import { DatabaseError } from '../../warehouse/database-error.ts';
import type { Connection } from '../../warehouse/database.ts';
import { assignments, insertRows } from './insert-rows.ts';
import type { InsertTarget } from './insert-rows.ts';
import type { TsvBatch } from './tsv.ts';
import { tsvRows } from './tsv.ts';

/** One statement takes this much at most: progress, a small undo, and what is kept in case it is refused. */
const STATEMENT_ROWS = 50_000;
const STATEMENT_BYTES = 8 * 1024 * 1024;

/** `local_infile` is off: MySQL, MariaDB, TiDB, and servers behind proxies that refuse the command. */
const LOCAL_REFUSED: ReadonlySet<number> = new Set([3948, 4166, 1148, 1295]);

export interface LoadTarget extends InsertTarget {
  /** The server allows `LOAD DATA LOCAL INFILE`. */
  readonly localInfile: boolean;
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Loads batches into a table that no reader knows yet, statement by statement, each in a transaction.
 * `LOAD DATA LOCAL` never refuses a value, it bends it and warns: a statement is committed only
 * without warnings and with every row in place. Otherwise, and where the server does not allow it, the
 * same rows are inserted in strict mode, which names the row that does not fit (RowRefusedError).
 */
export async function loadBatches(
  connection: Connection,
  target: LoadTarget,
  batches: AsyncIterable<TsvBatch>,
): Promise<{ readonly rows: number }> {
  const source = new BatchSource(batches, target.signal);
  let rows = 0;
  let mayLoad = target.localInfile;
  while (await source.hasMore()) {
    if (mayLoad) mayLoad = (await loadStatement(connection, target, source)) !== 'forbidden';
    else await source.takeStatement();
    for (const batch of source.unloaded) {
      await insertRows(connection, target, tsvRows(batch), rows);
      rows += batch.rows;
    }
    rows += source.loadedRows;
    target.onProgress?.(rows);
  }
  return { rows };
}

async function loadStatement(
  connection: Connection,
  target: LoadTarget,
  source: BatchSource,
): Promise<'loaded' | 'refused' | 'forbidden'> {
  const options = target.signal === undefined ? {} : { signal: target.signal };
  await connection.execute('start transaction');
  try {
    const result = await connection.loadData(loadDataSql(target), source.statement(), options);
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

/** `LOAD DATA LOCAL INFILE` for batches of tab-separated rows. */
function loadDataSql(target: InsertTarget): string {
  const constants = assignments(target.constants);
  return [
    `load data local infile 'cortex' into table ${relationSql(target.relation)}`,
    "character set utf8mb4 fields terminated by '\\t' escaped by '\\\\' lines terminated by '\\n'",
    `(${columnList(target.columns)})${constants === '' ? '' : ` set ${constants}`}`,
  ].join('\n');
}

/** Deals batches out to statements, and keeps those of a statement until the server has accepted it. */
class BatchSource {
  readonly #batches: AsyncIterator<TsvBatch>;
  readonly #signal: AbortSignal | undefined;
  #next: IteratorResult<TsvBatch> | undefined;
  #taken: TsvBatch[] = [];
  #failure: { readonly error: unknown } | undefined;
  takenRows = 0;
  loadedRows = 0;

  constructor(batches: AsyncIterable<TsvBatch>, signal: AbortSignal | undefined) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  /** Batches that were taken and are not in the table. */
  get unloaded(): readonly TsvBatch[] {
    return this.#taken;
  }

  async hasMore(): Promise<boolean> {
    this.#taken = [];
    this.takenRows = 0;
    this.loadedRows = 0;
    this.#next ??= await this.#batches.next();
    return this.#next.done !== true;
  }

  /** The bytes of one statement. A source that fails ends them early, and is remembered. */
  async *statement(): AsyncGenerator<Uint8Array, void> {
    let bytes = 0;
    try {
      while (bytes < STATEMENT_BYTES && this.takenRows < STATEMENT_ROWS) {
        if (this.#signal?.aborted === true) throw new CancelledError('the load was cancelled');
        this.#next ??= await this.#batches.next();
        if (this.#next.done === true) return;
        const batch = this.#next.value;
        this.#next = undefined;
        this.#taken.push(batch);
        this.takenRows += batch.rows;
        bytes += batch.bytes.length;
        yield batch.bytes;
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
    this.loadedRows = this.takenRows;
    this.#taken = [];
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
