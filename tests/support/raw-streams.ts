import { createHash } from 'node:crypto';
import { openRawStream } from '../../cli/load/raw/open-raw-stream.ts';
import { prepareRawTables } from '../../cli/load/raw/prepare-raw-tables.ts';
import type {
  RawChanges,
  RawChildRow,
  RawRecord,
  RawStream,
  RawStreamShape,
  RawWindow,
  RawWriteMode,
} from '../../cli/load/raw/raw-stream.ts';
import { systemClock } from '../../cli/platform/clock.ts';
import type { Database } from '../../cli/warehouse/database.ts';
import type { SyncPurpose } from '../../cli/warehouse/state/sync-key.ts';
import { SyncState } from '../../cli/warehouse/state/sync-state.ts';
import type { TestDatabase } from './server.ts';

export const TABLE_DEFAULTS = { charset: 'utf8mb4', collation: 'utf8mb4_unicode_ci' };

/** An order as a test writes it; `lines` are the texts of its lines. */
export interface TestOrder {
  readonly id: string;
  readonly version?: string;
  readonly total?: string;
  readonly note?: string | null;
  readonly day?: string;
  readonly lines?: readonly string[];
  readonly isDeleted?: boolean;
}

/** `raw_test_orders` and `raw_test_order_lines`. */
export function orderShape(
  database: string,
  write: RawWriteMode = { mode: 'upsert', isVersioned: true },
  hashedKey = false,
): RawStreamShape {
  return {
    platform: 'test',
    stream: 'orders',
    version: 1,
    write,
    table: {
      relation: { database, name: 'raw_test_orders' },
      description: 'Orders of the shop',
      columns: [
        { name: 'id', type: 'bigint', description: 'Id of the order' },
        { name: 'total', type: 'decimal(18,4)', description: 'What the customer pays' },
        { name: 'note', type: 'varchar(255)', description: '' },
        { name: 'created_day', type: 'date', description: 'Day of the account' },
      ],
      key: ['id'],
      hashedKey,
    },
    children: [
      {
        relation: { database, name: 'raw_test_order_lines' },
        description: 'Lines of orders',
        columns: [
          { name: 'order_id', type: 'bigint', description: 'Id of the order' },
          { name: 'name', type: 'varchar(255)', description: 'Name of the product' },
        ],
        key: ['order_id', '_position'],
        hashedKey: false,
      },
    ],
  };
}

export function orderRecord(order: TestOrder): RawRecord {
  const json = Buffer.from(JSON.stringify(order));
  return {
    values: [order.id, order.total ?? null, order.note ?? null, order.day ?? null],
    json,
    hash: createHash('sha256').update(json).digest('hex'),
    version: order.version ?? '',
    isDeleted: order.isDeleted ?? false,
    children: [
      (order.lines ?? []).map((name, position): RawChildRow => {
        return { position, values: [order.id, name], json: Buffer.from(JSON.stringify({ name })) };
      }),
    ],
    misfits: [],
  };
}

export interface OpenTestStream extends AsyncDisposable {
  readonly stream: RawStream;
  readonly state: SyncState;
}

/** A stream whose tables are prepared, without a lock. */
export async function openTestStream(
  database: Database,
  shape: RawStreamShape,
  purpose: SyncPurpose = 'sync',
  accountId = '4567',
): Promise<OpenTestStream> {
  const state = await SyncState.open(database.control);
  await prepareRawTables(database, shape, { tableDefaults: TABLE_DEFAULTS, clock: systemClock });
  const stream = openRawStream({
    database,
    shape,
    accountId,
    purpose,
    tableDefaults: TABLE_DEFAULTS,
    clock: systemClock,
  });
  return { stream, state, [Symbol.asyncDispose]: async () => stream[Symbol.asyncDispose]() };
}

export function windowOf(from: string, to: string, readAt = '2026-11-01T00:00:00.000Z'): RawWindow {
  return { range: { from, to }, readAt };
}

export const EVERYTHING: RawWindow = { range: undefined, readAt: '2026-11-01T00:00:00.000Z' };

/** Reads one window to its end. */
export async function readOrders(
  stream: RawStream,
  window: RawWindow,
  pages: readonly (readonly TestOrder[])[],
): Promise<RawChanges> {
  await using writer = await stream.readWindow(window);
  for (const page of pages) await writer.write(page.map(orderRecord));
  return writer.commit();
}

/** What stands in the tables, without the times of the reads. */
export async function storedOrders({ query }: TestDatabase): Promise<unknown> {
  const orders = await query(
    `select _account_id, id, total, note, created_day, _record_hash, _deleted_at is not null as is_deleted
     from raw_test_orders order by _account_id, id`,
  );
  const lines = await query(
    `select _account_id, order_id, _position, name from raw_test_order_lines order by 1, 2, 3`,
  );
  return { orders, lines };
}
