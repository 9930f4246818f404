import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import type { Clock } from '../../../cli/kernel/clock.ts';
import { runCommandLine } from '../../../cli/start.ts';
import { placedFaults } from '../../../connectors/simulators/faults.ts';
import { nuvemshopSimulator } from '../../../connectors/simulators/nuvemshop/simulator.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { createDirectory } from '../../support/command-line.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { mariadbCommand } from '../../support/server-mariadb.ts';
import { mysqlCommand } from '../../support/server-mysql.ts';
import type { ServerCommand } from '../../support/server-process.ts';
import { startServer } from '../../support/server-process.ts';
import { SMALL_SHOP_NOW, smallShop } from '../../support/small-shop.ts';

const TOKEN = 'not-a-real-token';
const world = smallShop();
const PLACED = world.orders.countBefore(Date.parse(SMALL_SHOP_NOW));

describe.each([
  ['mariadb', mariadbCommand],
  ['mysql', mysqlCommand],
] as const)('a server that is set to take no changes (%s)', (_, command) => {
  test('in mid-run: the stream ends in one message, and the next sync brings what is missing', async () => {
    const { clock, sync, administer } = await openShop(command());
    // The platform asks to wait in front of a later page: by then there is something in the tables.
    const readOnly: Clock = {
      ...clock,
      sleep: async (...wait) => {
        await administer('set global read_only = 1');
        await clock.sleep(...wait);
      },
    };

    const refused = await sync(readOnly);

    expect(refused.exitCode, refused.stderr).toBe(1);
    expect(refused.stderr.match(/error\[CX\d+\]/g)).toEqual(['error[CX7104]']);
    expect(refused.stderr).toContain('`nuvemshop.orders` of account `2981734` cannot be written');
    expect(refused.stderr).toContain('turn `read_only` off');
    const [before] = await administer(COUNTS);
    expect(before?.['orders']).toBeGreaterThan(0);
    expect(before?.['orders']).toBeLessThan(PLACED);
    await administer('set global read_only = 0');
    const mended = await sync(clock);
    expect(mended.exitCode, mended.stderr).toBe(0);
    expect(await administer(COUNTS)).toEqual([{ orders: PLACED, with_lines: PLACED }]);
  });

  test('before anything is read: one message, and the platform is not asked', async () => {
    const { clock, shop, sync, administer } = await openShop(command());
    await administer('set global read_only = 1');

    const refused = await sync(clock);

    expect(refused.exitCode, refused.stderr).not.toBe(0);
    expect(refused.stderr.match(/error\[CX\d+\]/g)).toEqual(['error[CX7104]']);
    expect(refused.stderr).toContain('in `shop` cannot be written');
    expect(refused.stderr).toContain('turn `read_only` off');
    expect(shop.requests).toEqual([]);
  });
});

const COUNTS =
  'select count(*) as orders, (select count(distinct order_id) from shop.raw_nuvemshop_order_lines) as with_lines from shop.raw_nuvemshop_orders';

/** A server of its own, for its setting is everybody's, and a project whose user has no rights beyond its database. */
async function openShop(command: ServerCommand) {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-read-only-'));
  const server = await startServer(command, join(folder, 'server'));
  const { host, port, user, password } = server.address;
  const administrator = await createConnection({ host, port, user, password });
  const clock = jumpingClock(SMALL_SHOP_NOW);
  const shop = await startSimulator(nuvemshopSimulator, {
    world,
    clock,
    credentials: [TOKEN],
    faults: placedFaults([{ fault: { kind: 'rate_limited' }, path: /\/orders/, from: 3 }]),
  });
  onTestFinished(async () => {
    await shop.close();
    await administrator.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const administer = async (sql: string) => {
    const [rows] = await administrator.query<RowDataPacket[]>(sql);
    return rows;
  };
  await administer('create database shop');
  await administer("create user 'loja'@'%' identified by 'may-write-here'");
  await administer("grant all on shop.* to 'loja'@'%'");
  const directory = createDirectory({
    'cortex_project.yml': stringify({
      name: 'shop',
      targets: {
        test: {
          type: 'mysql',
          host,
          port,
          user: 'loja',
          password: 'may-write-here',
          database: 'shop',
        },
      },
      connectors: {
        nuvemshop: {
          start_date: '2026-08-20',
          accounts: [
            {
              store_id: '2981734',
              access_token: TOKEN,
              contact_email: 'dados@exemplo.com.br',
              origin: shop.origin,
            },
          ],
        },
      },
    }),
  });
  const sync = async (time: Clock) => {
    let stderr = '';
    const exitCode = await runCommandLine(['sync', 'nuvemshop.orders'], {
      commandLine: [],
      stdout: { write: () => undefined },
      stderr: { write: (text) => (stderr += text) },
      environment: {},
      directory: directory.path,
      clock: time,
      signal: new AbortController().signal,
    });
    return { exitCode, stderr };
  };
  return { clock, shop, sync, administer };
}
