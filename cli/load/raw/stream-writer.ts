import { RowRefusedError } from '../bulk/row-refused.ts';
import { insertRows } from '../bulk/insert-rows.ts';
import { tsvRows } from '../bulk/tsv.ts';
import type { Connection, Database, RunOptions } from '../../warehouse/database.ts';
import type { StreamKey } from '../../warehouse/state/sync-key.ts';
import { NO_CHANGES } from './change-count.ts';
import type { NotedIssues } from './issues.ts';
import { writeIssues } from './issues.ts';
import { RowLoader } from './load-rows.ts';
import type { MergeContext } from './merge-sql.ts';
import {
  classifySql,
  countActionsSql,
  markDeletedSql,
  mergeParentsSql,
  replaceChildrenSql,
} from './merge-sql.ts';
import type { RawChanges, RawStreamShape } from './raw-stream.ts';
import type { RawTable, RawTables } from './raw-table.ts';
import { ACCOUNT_COLUMN, SYNCED_COLUMN, rawTables } from './raw-table.ts';
import type { EncodedBatch, EncodedRows } from './record-batch.ts';
import { RecordEncoder } from './record-batch.ts';
import { ACTION, BATCH_COLUMN } from './stage-sql.ts';
import type { StateRow } from './state-row.ts';
import type { WriteSession } from './write-session.ts';

export interface StreamWriterOptions {
  readonly database: Database;
  readonly shape: RawStreamShape;
  readonly accountId: string;
  readonly session: WriteSession;
  readonly row: StateRow;
  readonly signal: AbortSignal | undefined;
}

/** The steps of which writing one stream of one account is made. Each is part of a unit of the session. */
export class StreamWriter {
  readonly session: WriteSession;
  readonly shape: RawStreamShape;
  readonly tables: RawTables;
  readonly encoder: RecordEncoder;
  readonly row: StateRow;
  readonly #database: Database;
  readonly #accountId: string;
  readonly #loader: RowLoader;
  readonly #options: RunOptions;

  constructor({ database, shape, accountId, session, row, signal }: StreamWriterOptions) {
    this.session = session;
    this.row = row;
    this.shape = shape;
    this.tables = rawTables(shape, database.capabilities);
    this.encoder = new RecordEncoder(shape);
    this.#database = database;
    this.#accountId = accountId;
    this.#loader = new RowLoader(database.capabilities);
    this.#options = {
      node: `${shape.platform}.${shape.stream}`,
      ...(signal === undefined ? {} : { signal }),
    };
  }

  get key(): StreamKey {
    const { platform, stream } = this.shape;
    return { platform, stream, accountId: this.#accountId };
  }

  context(syncedAt: string): MergeContext {
    return { accountId: this.#accountId, syncedAt };
  }

  /**
   * Puts a batch straight into the raw tables. False when a row of it is there already, or does not fit:
   * the caller rolls back.
   */
  async loadDirectly(
    connection: Connection,
    batch: EncodedBatch,
    { accountId, syncedAt }: MergeContext,
  ): Promise<boolean> {
    const constants = { [ACCOUNT_COLUMN]: accountId, [SYNCED_COLUMN]: syncedAt };
    for (const [table, rows] of this.#rowsOf(batch)) {
      const target = { relation: table.relation, columns: table.loaded, constants };
      if (!(await this.#loader.load(connection, target, rows, this.#options))) return false;
    }
    return true;
  }

  /** Makes the temporary tables of rows anew. Commits. */
  async clearStage(connection: Connection): Promise<void> {
    await this.session.emptyStage(connection, 'rows', this.#options);
  }

  /** Makes the temporary table of keys anew. Commits. */
  async clearKeys(connection: Connection): Promise<void> {
    await this.session.emptyStage(connection, 'keys', this.#options);
  }

  /**
   * Adds a batch to the temporary tables. Rows with the key of a staged one take its place. Throws
   * RefusedRecordError when the server does not take a row as it is.
   */
  async stage(connection: Connection, batch: EncodedBatch, number: number): Promise<void> {
    for (const [table, rows] of this.#rowsOf(batch)) {
      const target = {
        relation: table.stage,
        columns: table.loaded,
        constants: { [BATCH_COLUMN]: String(number) },
        replaces: true,
      };
      await connection.execute('start transaction', this.#options);
      if (await this.#loader.load(connection, target, rows, this.#options)) {
        await connection.execute('commit', this.#options);
        continue;
      }
      await connection.execute('rollback', this.#options);
      throw await this.#refused(connection, table, rows, target.constants);
    }
  }

  /** Adds keys to the temporary table of keys. */
  async stageKeys(connection: Connection, keys: EncodedRows): Promise<void> {
    const { keys: relation, identity: columns } = this.tables.parent;
    const target = { relation, columns, constants: {}, replaces: true };
    if (await this.#loader.load(connection, target, keys, this.#options)) return;
    const { parent } = this.tables;
    throw await this.#refused(
      connection,
      { ...parent, stage: relation, loaded: columns },
      keys,
      {},
    );
  }

  /** Moves what is staged into the raw tables: what is equal or older changes nothing. */
  async merge(connection: Connection, context: MergeContext): Promise<RawChanges> {
    const { tables } = this;
    await this.send(connection, classifySql(tables, context));
    const counts = await connection.query(countActionsSql(tables), this.#options);
    const count = (action: number) =>
      Number(counts.find((row) => Number(row['action']) === action)?.['n'] ?? 0);
    const [added, updated] = [count(ACTION.add), count(ACTION.update)];
    if (added + updated > 0) {
      for (const sql of replaceChildrenSql(tables, context, updated > 0)) {
        await this.send(connection, sql);
      }
      await this.send(connection, mergeParentsSql(tables, context));
    }
    return { ...NO_CHANGES, added, updated, unchanged: count(ACTION.none) };
  }

  /** Marks the records whose keys are staged; tells how many were not marked before. */
  async markDeleted(connection: Connection, context: MergeContext): Promise<number> {
    return this.send(connection, markDeletedSql(this.tables, context));
  }

  async writeIssues(connection: Connection, noted: NotedIssues, readAt: string): Promise<void> {
    await writeIssues(connection, this.#database, noted, { ...this.key, readAt });
  }

  /** Sends a statement and tells how many rows it touched. */
  async send(connection: Connection, sql: string): Promise<number> {
    return (await connection.execute(sql, this.#options)).affectedRows;
  }

  #rowsOf(batch: EncodedBatch): readonly (readonly [RawTable, EncodedRows])[] {
    const { parent, children } = this.tables;
    return [
      [parent, batch.parent],
      ...children.flatMap((child, index): [RawTable, EncodedRows][] => {
        const rows = batch.children[index];
        return rows === undefined ? [] : [[child, rows]];
      }),
    ];
  }

  /** Inserts the rows in strict mode to learn which one does not fit, and takes them back. */
  async #refused(
    connection: Connection,
    table: RawTable,
    { bytes, count }: EncodedRows,
    constants: Readonly<Record<string, string>>,
  ): Promise<Error> {
    const { maxAllowedPacket } = this.#database.capabilities;
    const target = { relation: table.stage, columns: table.loaded, constants, maxAllowedPacket };
    await connection.execute('start transaction');
    try {
      await insertRows(connection, target, tsvRows({ bytes, rows: count }), 0);
      return new Error(
        `the server bends a row of \`${table.relation.name}\`, and does not say which`,
      );
    } catch (error) {
      if (!(error instanceof RowRefusedError)) throw error;
      const child = this.tables.children.findIndex(({ relation }) => relation === table.relation);
      return new RefusedRecordError(child === -1 ? undefined : child, error);
    } finally {
      await connection.execute('rollback').catch(() => undefined);
    }
  }
}

/** The server does not take a row of a batch as it is. */
export class RefusedRecordError extends Error {
  /** Index of the child table; `undefined` for the record's own. */
  readonly child: number | undefined;
  /** Counted from 0 in the rows of its table in the batch. */
  readonly row: number;
  readonly reason: string;

  constructor(child: number | undefined, refused: RowRefusedError) {
    super(refused.message, { cause: refused });
    this.child = child;
    this.row = refused.row;
    this.reason = refused.reason;
  }
}
