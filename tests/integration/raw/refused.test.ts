import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import type { Database } from '../../../cli/warehouse/database.ts';
import type { TestOrder } from '../../support/raw-streams.ts';
import { openTestStream, orderShape, readOrders, windowOf } from '../../support/raw-streams.ts';
import type { ServerAddress } from '../../support/server-address.ts';
import { mariadbCommand } from '../../support/server-mariadb.ts';
import { mysqlCommand } from '../../support/server-mysql.ts';
import type { ServerCommand } from '../../support/server-process.ts';
import { startServer } from '../../support/server-process.ts';
import { servers } from '../../support/server.ts';

const DAY = windowOf('2026-10-01', '2026-10-02');
const NEXT_DAY = windowOf('2026-10-02', '2026-10-03');
const KEY = { platform: 'test', accountId: '4567', stream: 'orders' };

/** All tables in one file that cannot grow: what is left is soon gone. */
const SMALL = [
  '--innodb-file-per-table=0',
  '--innodb-data-file-path=ibdata1:12M:autoextend:max:24M',
];

async function ownServer(command: ServerCommand, options: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-raw-'));
  const server = await startServer(
    { ...command, options: [...command.options, ...options] },
    join(folder, 'server'),
  );
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return server.address;
}

const commands = [mariadbCommand(), mysqlCommand()];

describe.each(commands)('$name', (command) => {
  test('a server that became read-only gives one message, and the state says what is there', async () => {
    const address = await ownServer(command);
    await using root = await connectTarget(targetOf(address, 'root'), { runId: 'root' });
    await root.control.execute("create user clerk@'%' identified by ''");
    await root.control.execute("grant all on shop.* to clerk@'%'");
    await using database = await connectTarget(targetOf(address, 'clerk'), { runId: 'r' });
    await using opened = await openTestStream(database, orderShape('shop'));
    await readOrders(opened.stream, DAY, [[{ id: '1' }]]);

    await root.control.execute('set global read_only = 1');
    const refused = readOrders(opened.stream, NEXT_DAY, [[{ id: '2' }]]);

    await expect(refused).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'CX7104',
          message: '`test.orders` of account `4567` cannot be written: the server takes no changes',
        },
      ],
    });
    await root.control.execute('set global read_only = 0');
    await expectRead(database, opened.state, ['1'], '2026-10-02');
    await readOrders(opened.stream, NEXT_DAY, [[{ id: '2' }]]);
    await expectRead(database, opened.state, ['1', '2'], '2026-10-03');
  });

  test('a full disk gives one message, and the next read goes on where the state is', async () => {
    const address = await ownServer(command, SMALL);
    await using database = await connectTarget(targetOf(address, 'root'), { runId: 'r' });
    await using opened = await openTestStream(database, orderShape('shop'));
    await readOrders(opened.stream, DAY, [[{ id: '1' }]]);
    const large = Array.from({ length: 200_000 }, (_, row): TestOrder => {
      return { id: String(row + 10), note: 'x'.repeat(200), lines: ['y'.repeat(100)] };
    });

    const refused = readOrders(opened.stream, NEXT_DAY, [large]);

    await expect(refused).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'CX7104',
          message: '`test.orders` of account `4567` cannot be written: the server’s disk is full',
          hint: 'make room on the server, then sync again',
        },
      ],
    });
    expect(await opened.state.stream(KEY, 1)).toMatchObject({ cursor: '2026-10-02' });
    const halves = await database.control.query(
      `select 1 from raw_test_orders o where id >= 10
       and not exists (select 1 from raw_test_order_lines l where l._account_id = o._account_id and l.order_id = o.id) limit 1`,
    );
    expect(halves).toEqual([]);
  });
});

describe.each(servers)('$name', (server) => {
  test('few privileges suffice', async () => {
    const own = await server.database();
    const user = own.name.replace('cortex_t_', 'loader_');
    await own.query(`create user ${user}@'%' identified by ''`);
    await own.query(
      `grant select, insert, update, delete, create, alter, index, create temporary tables on ${own.name}.* to ${user}@'%'`,
    );
    try {
      await using database = await connectTarget({ ...own.target, user }, { runId: 'r' });
      for (const write of [
        { mode: 'upsert', isVersioned: true },
        { mode: 'replace_window', windowColumn: 'created_day' },
      ] as const) {
        await own.query('drop table if exists raw_test_orders, raw_test_order_lines');
        await using opened = await openTestStream(database, orderShape(own.name, write));
        for (const lines of [['a', 'b'], ['c']]) {
          const order = { id: '1', version: '1', day: '2026-10-01', lines };
          await readOrders(opened.stream, DAY, [[order]]);
        }
        expect(await own.query('select name from raw_test_order_lines')).toEqual([{ name: 'c' }]);
      }
    } finally {
      await own.query(`drop user ${user}@'%'`);
    }
  });

  test('a user who may only read is told which privilege is missing', async () => {
    const own = await server.database();
    await using root = await connectTarget(own.target, { runId: 'root' });
    await using prepared = await openTestStream(root, orderShape(own.name));
    const user = own.name.replace('cortex_t_', 'reader_');
    await own.query(`create user ${user}@'%' identified by ''`);
    await own.query(`grant select, create temporary tables on ${own.name}.* to ${user}@'%'`);
    try {
      await using database = await connectTarget({ ...own.target, user }, { runId: 'r' });
      await using reading = await openReading(database, own.name);

      await expect(reading.readWindow(DAY)).rejects.toMatchObject({
        diagnostics: [
          {
            code: 'CX7104',
            message: expect.stringMatching(/the user of the target may not do this$/),
          },
        ],
      });
      expect(await prepared.state.stream(KEY, 1)).toBeUndefined();
    } finally {
      await own.query(`drop user ${user}@'%'`);
    }
  });
});

async function openReading(database: Database, name: string) {
  const { openRawStream } = await import('../../../cli/load/raw/open-raw-stream.ts');
  const { systemClock } = await import('../../../cli/platform/clock.ts');
  const { TABLE_DEFAULTS } = await import('../../support/raw-streams.ts');
  return openRawStream({
    database,
    shape: orderShape(name),
    accountId: '4567',
    purpose: 'sync',
    tableDefaults: TABLE_DEFAULTS,
    clock: systemClock,
  });
}

async function expectRead(
  database: Database,
  state: Awaited<ReturnType<typeof openTestStream>>['state'],
  ids: readonly string[],
  cursor: string,
): Promise<void> {
  const rows = await database.control.query('select id from raw_test_orders order by id');
  expect(rows.map(({ id }) => id)).toEqual(ids);
  expect(await state.stream(KEY, 1)).toMatchObject({ cursor });
}

function targetOf({ host, port }: ServerAddress, user: string) {
  return {
    type: 'mysql' as const,
    name: 'own',
    host,
    port,
    user,
    password: '',
    database: 'shop',
    threads: 4,
    session: {},
    connectTimeoutMs: 10_000,
    readTimeoutMs: 0,
  };
}
