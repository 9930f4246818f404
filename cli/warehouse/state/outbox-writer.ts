import { columnList } from '../../sql/create-table.ts';
import { fileTuples, stringLiteral } from '../../sql/literal.ts';
import { fileChunks, LOCAL_REFUSED, loadDataSql } from '../../sql/load-data.ts';
import { tsvRow } from '../../sql/tsv-row.ts';
import { DatabaseError } from '../database-error.ts';
import type { Connection } from '../database.ts';
import type { NewEvent } from './outbox-event.ts';
import { instantText } from './utc-text.ts';

/** Where events are queued, and who holds them from the start. Without `worker` it is nobody, and they are due. */
export interface Queue {
  readonly destination: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly worker?: string;
  readonly leaseMs?: number;
}

/** A worker that holds rows for a while. */
export interface Lease extends Queue {
  readonly worker: string;
  readonly leaseMs: number;
}

const TABLE = '__cortex_conversions';
const COLUMNS = [
  'event_name',
  'event_id',
  'revision',
  'operation',
  'order_id',
  'occurred_at',
  'unknown_since',
  'sent_value',
  'identifiers',
];

/** Writes new events by the fastest way that the server allows: of statements with values it parses each one. */
export class OutboxWriter {
  readonly #connection: Connection;
  #mayLoad = true;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds those of the events that are not there yet; returns how many. */
  async add(events: readonly NewEvent[], queue: Queue): Promise<number> {
    const queuedAt = instantText(queue.now);
    const rows = events.map((event) => rowOf(event, queuedAt)).join('');
    const constants = constantsOf(queue, queuedAt);
    if (this.#mayLoad) {
      const added = await this.#load(rows, constants);
      if (added !== undefined) return added;
      this.#mayLoad = false;
    }
    const columns = columnList([...COLUMNS, ...Object.keys(constants)]);
    const more = Object.values(constants).map((value) => `, ${stringLiteral(value)}`);
    const tuples = fileTuples(rows.slice(0, -1), more.join(''));
    const { affectedRows } = await this.#connection.execute(
      `insert ignore into ${TABLE} (${columns}) values\n${tuples}`,
    );
    return affectedRows;
  }

  /** `undefined` where the server reads no files of clients. */
  async #load(
    rows: string,
    constants: Readonly<Record<string, string>>,
  ): Promise<number | undefined> {
    const sql = loadDataSql({ table: TABLE, verb: 'ignore into', columns: COLUMNS, constants });
    try {
      const result = await this.#connection.loadData(sql, fileChunks(Buffer.from(rows)));
      return result.affectedRows;
    } catch (error) {
      if (error instanceof DatabaseError && LOCAL_REFUSED.has(error.errno)) return undefined;
      throw error;
    }
  }
}

function rowOf({ event, sending }: NewEvent, queuedAt: string): string {
  return tsvRow([
    event.eventName,
    event.eventId,
    String(event.revision),
    event.operation,
    event.orderId,
    event.occurredAt,
    sending === undefined ? null : queuedAt,
    sending?.value ?? null,
    sending?.identifiers ?? null,
  ]);
}

/** What is the same in all rows of a statement. */
function constantsOf(
  { destination, now, worker, leaseMs }: Queue,
  queuedAt: string,
): Readonly<Record<string, string>> {
  return {
    destination,
    status: 'due',
    attempts: '0',
    queued_at: queuedAt,
    ...(worker === undefined ? { due_at: queuedAt } : { claimed_by: worker }),
    ...(leaseMs === undefined ? {} : { claimed_until: instantText(now + leaseMs) }),
  };
}
