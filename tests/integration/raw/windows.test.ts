import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import {
  EVERYTHING,
  openTestStream,
  orderRecord,
  orderShape,
  readOrders,
  storedOrders,
  windowOf,
} from '../../support/raw-streams.ts';
import { servers } from '../../support/server.ts';

const NOTHING = { added: 0, updated: 0, unchanged: 0, deleted: 0, misfits: 0, rejected: 0 };
const DAY = windowOf('2026-10-01', '2026-10-02');

describe.each(servers)('$name', (server) => {
  test('records land with their lines, and the state with them', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));

    const changes = await readOrders(opened.stream, DAY, [
      [
        {
          id: '9007199254740993',
          total: '219.9000',
          note: 'Olá 💛 \\ \t \n "x"',
          lines: ['a', 'b'],
        },
      ],
      [{ id: '2', version: '1', lines: [] }],
    ]);

    expect(changes).toEqual({ ...NOTHING, added: 2 });
    expect(await storedOrders(own)).toMatchObject({
      orders: [
        { _account_id: '4567', id: '2', total: null, note: null },
        { id: '9007199254740993', total: '219.9000', note: 'Olá 💛 \\ \t \n "x"' },
      ],
      lines: [
        { order_id: '9007199254740993', _position: 0, name: 'a' },
        { order_id: '9007199254740993', _position: 1, name: 'b' },
      ],
    });
    const key = { platform: 'test', accountId: '4567', stream: 'orders' };
    expect(await opened.state.stream(key, 1)).toMatchObject({
      intervals: [{ from: '2026-10-01', to: '2026-10-02' }],
      cursor: '2026-10-02',
      syncedAt: '2026-11-01T00:00:00.000Z',
    });
  });

  test('an equal record changes nothing, a newer one replaces the record and its lines, an older one nothing', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));
    const first = [
      { id: '1', version: '2', total: '1', lines: ['a', 'b', 'c'] },
      { id: '2', version: '2', total: '2', lines: ['d'] },
      { id: '3', version: '2', total: '3', lines: ['e'] },
    ];
    await readOrders(opened.stream, DAY, [first]);
    const [between] = await own.query('select cast(utc_timestamp(6) as char) as at');

    const changes = await readOrders(opened.stream, DAY, [
      [
        { id: '1', version: '2', total: '1', lines: ['a', 'b', 'c'] },
        { id: '2', version: '3', total: '2.5', lines: ['x', 'y'] },
        { id: '3', version: '1', total: '30', lines: ['old'] },
        { id: '4', version: '1', total: '4', lines: ['new'] },
      ],
    ]);

    expect(changes).toEqual({ ...NOTHING, added: 1, updated: 1, unchanged: 2 });
    // By the server's clock: the run's says another day.
    const rows = await own.query(
      `select id, total, _synced_at > '${String(between?.['at'])}' as is_later,
         _synced_at <= utc_timestamp(6) as is_past from raw_test_orders order by id`,
    );
    expect(
      rows.map(({ id, total, is_later, is_past }) => [
        id,
        total,
        Number(is_later),
        Number(is_past),
      ]),
    ).toEqual([
      ['1', '1.0000', 0, 1],
      ['2', '2.5000', 1, 1],
      ['3', '3.0000', 0, 1],
      ['4', '4.0000', 1, 1],
    ]);
    const lines = await own.query(
      'select name from raw_test_order_lines order by order_id, _position',
    );
    expect(lines.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'x', 'y', 'e', 'new']);
  });

  test('of several copies in a window the newest stays, or the last where there is no version', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));

    await readOrders(opened.stream, DAY, [
      [
        { id: '1', version: '2', note: 'newest', lines: ['n'] },
        { id: '1', version: '1', note: 'older', lines: ['o', 'p'] },
        { id: '2', version: '1', note: 'first' },
      ],
      [{ id: '2', version: '1', note: 'last' }],
    ]);

    const notes = await own.query('select note from raw_test_orders order by id');
    expect(notes.map(({ note }) => note)).toEqual(['newest', 'last']);
    expect(await own.query('select name from raw_test_order_lines')).toEqual([{ name: 'n' }]);
  });

  test('a replaced window loses what was not read again, and keeps what is equal', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const shape = orderShape(own.name, { mode: 'replace_window', windowColumn: 'created_day' });
    await using opened = await openTestStream(database, shape);
    const on = (day: string) => (id: string) => ({ id, day, lines: [`line of ${id}`] });
    await readOrders(opened.stream, windowOf('2026-10-01', '2026-10-03'), [
      ['1', '2'].map(on('2026-10-01')),
      ['3', '4'].map(on('2026-10-02')),
    ]);

    const changes = await readOrders(
      opened.stream,
      windowOf('2026-10-02', '2026-10-03', '2026-11-05T00:00:00.000Z'),
      [['3', '5'].map(on('2026-10-02'))],
    );

    expect(changes).toEqual({ ...NOTHING, added: 1, unchanged: 1, deleted: 1 });
    const ids = await own.query('select id from raw_test_orders order by id');
    expect(ids.map(({ id }) => id)).toEqual(['1', '2', '3', '5']);
    const lines = await own.query('select order_id as id from raw_test_order_lines order by 1');
    expect(lines.map(({ id }) => id)).toEqual(['1', '2', '3', '5']);
  });

  test('a window that is replaced by nothing is empty', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    const shape = orderShape(own.name, { mode: 'replace_window', windowColumn: 'created_day' });
    await using opened = await openTestStream(database, shape);
    await readOrders(opened.stream, DAY, [[{ id: '1', day: '2026-10-01', lines: ['a'] }]]);

    expect(await readOrders(opened.stream, DAY, [])).toEqual({ ...NOTHING, deleted: 1 });

    expect(await storedOrders(own)).toEqual({ orders: [], lines: [] });
  });

  test('a snapshot marks what it did not see, and unmarks what comes back', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(
      database,
      orderShape(own.name, { mode: 'snapshot' }, true),
    );
    await readOrders(opened.stream, EVERYTHING, [[{ id: '1' }, { id: '2', lines: ['kept'] }]]);

    expect(await readOrders(opened.stream, EVERYTHING, [[{ id: '1' }]])).toEqual({
      ...NOTHING,
      unchanged: 1,
      deleted: 1,
    });
    const marked = await own.query(
      'select id from raw_test_orders where _deleted_at = _synced_at order by id',
    );
    expect(marked).toEqual([{ id: '2' }]);
    expect(await own.query('select name from raw_test_order_lines')).toEqual([{ name: 'kept' }]);

    expect(
      await readOrders(opened.stream, EVERYTHING, [[{ id: '1' }, { id: '2', lines: ['kept'] }]]),
    ).toEqual({ ...NOTHING, unchanged: 1, updated: 1 });
    expect(
      await own.query('select id from raw_test_orders where _deleted_at is null'),
    ).toHaveLength(2);
  });

  test.each(['upsert', 'snapshot'] as const)(
    'keys that the platform says are gone are marked, in %s',
    async (mode) => {
      const own = await server.database();
      await using database = await connectTarget(own.target, { runId: 'r' });
      const write = mode === 'upsert' ? { mode, isVersioned: false } : { mode };
      await using opened = await openTestStream(database, orderShape(own.name, write));
      await readOrders(opened.stream, EVERYTHING, [[{ id: '1' }, { id: '2' }, { id: '3' }]]);

      await using writer = await opened.stream.readWindow(EVERYTHING);
      await writer.write(['1', '2', '3'].map((id) => orderRecord({ id })));
      await writer.deleteKeys([['2'], ['99']]);
      const changes = await writer.commit();

      expect(changes).toMatchObject({ unchanged: 3, deleted: 1 });
      const marked = await own.query(
        'select id from raw_test_orders where _deleted_at is not null',
      );
      expect(marked).toEqual([{ id: '2' }]);
    },
  );

  test('a record that says itself that it is gone is marked once', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));
    await readOrders(opened.stream, DAY, [[{ id: '1', version: '1' }]]);
    const gone = { id: '1', version: '2', isDeleted: true };
    const marked = () => own.query('select note, _deleted_at as at from raw_test_orders');

    await readOrders(opened.stream, DAY, [[gone]]);
    const [first] = await marked();
    await readOrders(opened.stream, DAY, [[{ ...gone, version: '3', note: 'changed' }]]);

    expect(first?.['at']).toMatch(/^20/);
    expect(await marked()).toEqual([{ note: 'changed', at: first?.['at'] }]);
  });

  test('a sweep of what exists marks the rest, one of what is gone marks that', async () => {
    const own = await server.database();
    await using database = await connectTarget(own.target, { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));
    await readOrders(opened.stream, DAY, [['1', '2', '3', '4'].map((id) => ({ id }))]);
    await own.query("update raw_test_orders set _synced_at = '2999-01-01' where id = 4");
    const readAt = '2026-11-03T00:00:00.000Z';

    await using existing = await opened.stream.sweep({ yields: 'existing', readAt });
    await existing.keys([['1'], ['2']]);
    expect(await existing.commit()).toBe(1);
    await using gone = await opened.stream.sweep({ yields: 'deleted', readAt });
    await gone.keys([['2'], ['3']]);
    expect(await gone.commit()).toBe(1);

    const marked = await own.query('select id from raw_test_orders where _deleted_at is not null');
    expect(marked.map(({ id }) => id)).toEqual(['2', '3']);
    const key = { platform: 'test', accountId: '4567', stream: 'orders' };
    expect(await opened.state.stream(key, 1)).toMatchObject({ sweptAt: readAt });
  });
});
