import { describe, expect, test } from 'vitest';
import type { RawColumn, RawStreamShape } from '../../../cli/load/raw/raw-stream.ts';
import { prepareRawTables } from '../../../cli/load/raw/prepare-raw-tables.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import {
  TABLE_DEFAULTS,
  openTestStream,
  orderShape,
  readOrders,
  windowOf,
} from '../../support/raw-streams.ts';
import { servers } from '../../support/server.ts';

const OPTIONS = { tableDefaults: TABLE_DEFAULTS, clock: systemClock };
const NOTHING = { created: [], added: [], widened: [] };

/** The shape with columns in place of its own. */
function withColumns(shape: RawStreamShape, columns: readonly RawColumn[]): RawStreamShape {
  return { ...shape, table: { ...shape.table, columns } };
}

describe.each(servers)('$name', (server) => {
  test('tables say what they hold, and preparing them again changes nothing', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const shape = orderShape(own.name, { mode: 'replace_window', windowColumn: 'created_day' });

    const first = await prepareRawTables(database, shape, OPTIONS);
    const second = await prepareRawTables(database, shape, OPTIONS);

    expect(first.created.map(({ name }) => name)).toEqual([
      'raw_test_orders',
      'raw_test_order_lines',
    ]);
    expect(second).toEqual(NOTHING);
    const columns = await own.query(
      `select column_name as name, column_key as part, column_comment as comment
       from information_schema.columns where table_schema = '${own.name}' and table_name = 'raw_test_orders'
       order by ordinal_position`,
    );
    expect(columns.map(({ name, part }) => `${String(name)} ${String(part)}`.trim())).toEqual([
      '_account_id PRI',
      'id PRI',
      'total',
      'note',
      'created_day',
      '_record',
      '_record_hash',
      '_synced_at',
      '_deleted_at',
    ]);
    expect(columns.find(({ name }) => name === 'total')?.['comment']).toBe(
      'What the customer pays',
    );
    const indexes = await own.query(
      `select distinct index_name as name from information_schema.statistics
       where table_schema = '${own.name}' and table_name = 'raw_test_orders' order by 1`,
    );
    expect(indexes.map(({ name }) => name)).toEqual(['ix_created_day', 'PRIMARY']);
  });

  test('an index that a stream declares is added to a table that stands', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const shape = orderShape(own.name);
    await prepareRawTables(database, shape, OPTIONS);

    const indexed = { ...shape, indexes: [['created_day', '_synced_at']] };
    await prepareRawTables(database, indexed, OPTIONS);
    await prepareRawTables(database, indexed, OPTIONS);

    const parts = await own.query(
      `select column_name as name from information_schema.statistics
       where table_schema = '${own.name}' and table_name = 'raw_test_orders' and index_name <> 'PRIMARY'
       order by seq_in_index`,
    );
    expect(parts.map(({ name }) => name)).toEqual(['_account_id', 'created_day', '_synced_at']);
  });

  test('a declared column is added, a type is widened, and nothing is narrowed or dropped', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const shape = orderShape(own.name);
    {
      await using opened = await openTestStream(database, shape);
      await readOrders(opened.stream, windowOf('2026-10-01', '2026-10-02'), [
        [{ id: '1', total: '1.5', note: 'kept' }],
      ]);
    }
    const [id, total, note, day] = shape.table.columns;
    if (id === undefined || total === undefined || note === undefined || day === undefined) return;
    const changed = withColumns(shape, [
      id,
      { ...total, type: 'decimal(20,2)' },
      { ...note, type: 'varchar(20)' },
      { ...day, type: 'datetime(6)' },
      { name: 'channel', type: 'varchar(40)', description: 'Where it was sold' },
    ]);

    const prepared = await prepareRawTables(database, changed, OPTIONS);

    expect(prepared.added).toMatchObject([{ column: 'channel' }]);
    expect(prepared.widened).toMatchObject([
      { column: 'total', type: 'decimal(22,4)' },
      { column: 'created_day', type: 'datetime(6)' },
    ]);
    expect(await own.query('select id, total, note, channel from raw_test_orders')).toEqual([
      { id: '1', total: '1.5000', note: 'kept', channel: null },
    ]);
    expect(await prepareRawTables(database, changed, OPTIONS)).toEqual(NOTHING);
    const fewer = await prepareRawTables(database, withColumns(shape, [id]), OPTIONS);
    expect(fewer).toEqual(NOTHING);
    expect(await own.query('select note, channel from raw_test_orders')).toHaveLength(1);
  });

  test('a type that cannot be widened and another key are refused, and the table stays', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const shape = orderShape(own.name);
    await prepareRawTables(database, shape, OPTIONS);
    const [id, , , day] = shape.table.columns;
    if (id === undefined || day === undefined) return;

    const clash = prepareRawTables(
      database,
      withColumns(shape, [id, { ...day, type: 'bigint' }]),
      OPTIONS,
    );
    await expect(clash).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'CX7103',
          message: '`created_day` of `raw_test_orders` is `date`, which cannot become `bigint`',
        },
      ],
    });
    const otherKey = prepareRawTables(
      database,
      { ...shape, table: { ...shape.table, key: ['id', 'created_day'] } },
      OPTIONS,
    );
    await expect(otherKey).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'CX7103',
          notes: ['there: `_account_id`, `id`', expect.any(String), expect.any(String)],
        },
      ],
    });
  });

  test('two runs prepare the same tables at once', async () => {
    const own = await server.database();
    const databases = await Promise.all(
      ['a', 'b', 'c'].map(async (runId) => connectTarget(own.target, { runId })),
    );

    const prepared = await Promise.all(
      databases.map(async (database) => prepareRawTables(database, orderShape(own.name), OPTIONS)),
    );

    expect(prepared.flatMap(({ created }) => created)).toHaveLength(2);
    for (const database of databases) await database.close();
  });

  test('raw tables stand in a database of their own, which is made', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const raw = `${own.name}_raw`;
    try {
      await using opened = await openTestStream(database, orderShape(raw));

      await readOrders(opened.stream, windowOf('2026-10-01', '2026-10-02'), [
        [{ id: '1', lines: ['a'] }],
      ]);

      expect(await own.query(`select id from ${raw}.raw_test_orders`)).toEqual([{ id: '1' }]);
      expect(await own.relations()).toEqual([]);
    } finally {
      await own.query(`drop database if exists ${raw}`);
    }
  });
});
