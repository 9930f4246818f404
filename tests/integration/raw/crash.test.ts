import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { cutTarget } from '../../support/cutting-proxy.ts';
import type { TestOrder } from '../../support/raw-streams.ts';
import {
  openTestStream,
  orderShape,
  readOrders,
  storedOrders,
  windowOf,
} from '../../support/raw-streams.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const KEY = { platform: 'test', accountId: '4567', stream: 'orders' };
const DAY = windowOf('2026-10-01', '2026-10-02');
const BEFORE: readonly TestOrder[] = [
  { id: '1', version: '1', day: '2026-10-01', lines: ['a', 'b'] },
  { id: '2', version: '1', day: '2026-10-01', lines: ['c'] },
];
const AFTER: readonly TestOrder[] = [
  { id: '1', version: '2', day: '2026-10-01', lines: ['x'] },
  { id: '3', version: '1', day: '2026-10-01', lines: ['y', 'z'] },
];
const REPLACE = { mode: 'replace_window', windowColumn: 'created_day' } as const;

/** Statements after which, or instead of which, the connection breaks. */
const CUTS = [
  ['the direct load', { at: 'load data local', isDelivered: true }],
  [
    'the load of the lines',
    { at: 'raw_test_order_lines__cortex_batch`\ncharacter', isDelivered: true },
  ],
  ['taking the state', { at: 'for update', isDelivered: false }],
  ['the comparison', { at: 'straight_join', isDelivered: true }],
  ['moving the state', { at: 'sync_commit` = ', isDelivered: true }],
  ['a commit that arrives', { at: 'cortex:r */ commit', isDelivered: true }],
  ['a commit that does not arrive', { at: 'cortex:r */ commit', isDelivered: false }],
] as const;

describe.each(servers)('$name', (server) => {
  test.each(CUTS)('a connection that breaks at %s changes no result', async (_, cut) => {
    const own = await server.database();
    await using undisturbed = await connectTarget(own.target, { runId: 'u' });
    {
      await using opened = await openTestStream(undisturbed, orderShape(own.name));
      await readOrders(opened.stream, DAY, [BEFORE]);
    }
    await using database = await connectTarget(await cutTarget(own, cut), { runId: 'r' });
    await using opened = await openTestStream(database, orderShape(own.name));

    const changes = await readOrders(opened.stream, DAY, [AFTER]);

    expect(changes).toMatchObject({ added: 1, updated: 1 });
    expect(await storedOrders(own)).toMatchObject({
      orders: [{ id: '1' }, { id: '2' }, { id: '3' }],
      lines: [{ name: 'x' }, { name: 'c' }, { name: 'y' }, { name: 'z' }],
    });
  });

  test.each(CUTS.slice(1))(
    'a replaced window whose connection breaks at %s is old or new, with its state',
    async (_, cut) => {
      const own = await server.database();
      await using undisturbed = await connectTarget(own.target, { runId: 'u' });
      await using before = await openTestStream(undisturbed, orderShape(own.name, REPLACE));
      await readOrders(before.stream, DAY, [BEFORE]);
      const old = await storedOrders(own);
      await own.query("update __cortex_sync_streams set intervals = '[]', cursor_at = null");
      await using database = await connectTarget(await cutTarget(own, cut), { runId: 'r' });
      await using opened = await openTestStream(database, orderShape(own.name, REPLACE));

      const end = await readOrders(opened.stream, DAY, [AFTER]).catch((error: unknown) => error);

      const state = await before.state.stream(KEY, 1);
      if (end instanceof Error) {
        expect(end).toMatchObject({ retryable: true, diagnostics: [{ code: 'CX7104' }] });
        expect(await storedOrders(own)).toEqual(old);
        expect(state?.intervals).toEqual([]);
        await readOrders(before.stream, DAY, [AFTER]);
      } else expect(state?.intervals).toEqual([DAY.range]);
      expect(await storedOrders(own)).toMatchObject({
        orders: [{ id: '1' }, { id: '3' }],
        lines: [{ name: 'x' }, { name: 'y' }, { name: 'z' }],
      });
    },
  );

  test(
    'a process that is killed leaves whole records, and a state that is not ahead of them',
    { timeout: 300_000 },
    async () => {
      const own = await server.database();
      await using database = await connectTarget(own.target, { runId: 'u' });
      await using opened = await openTestStream(database, orderShape(own.name));

      for (let kill = 0; kill < 4; kill += 1) {
        await killedRead(own, 900 + Math.random() * 1500);
        const halves = await own.query(
          `select o.id from raw_test_orders o left join raw_test_order_lines l
         on l._account_id = o._account_id and l.order_id = o.id
         group by o.id having count(l._position) <> 2`,
        );
        expect(halves).toEqual([]);
        const state = await opened.state.stream(KEY, 1);
        for (const { from, to } of state?.intervals ?? []) {
          const [row] = await own.query(
            `select count(*) as n, count(distinct created_day) as days from raw_test_orders
           where created_day >= '${from}' and created_day < '${to}'`,
          );
          const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
          expect(Number(row?.['days'])).toBe(days);
          expect(Number(row?.['n'])).toBe(days * ORDERS_A_DAY);
        }
      }
    },
  );
});

const ORDERS_A_DAY = 3000;
const CHILD = fileURLToPath(new URL('../../support/child-read.ts', import.meta.url));

/** Reads windows in a process of its own, and kills it after some time. */
async function killedRead({ name, target }: TestDatabase, ms: number): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', CHILD, JSON.stringify({ name, target, ordersADay: ORDERS_A_DAY })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGKILL');
  await ended;
}
