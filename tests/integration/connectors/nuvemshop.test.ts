import { describe, expect, test } from 'vitest';
import { nuvemshop } from '../../../connectors/nuvemshop/platform.ts';
import { readCassette } from '../../../connectors/simulators/cassette.ts';
import type { Fault } from '../../../connectors/simulators/faults.ts';
import { seededFaults } from '../../../connectors/simulators/faults.ts';
import { nuvemshopSimulator } from '../../../connectors/simulators/nuvemshop/simulator.ts';
import type { FaultPlan } from '../../../connectors/simulators/faults.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { platformFixtures } from '../../support/platform-fixture.ts';
import { rawTables } from '../../support/raw-tables.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { smallShop } from '../../support/small-shop.ts';
import type { TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

const DAY_MS = 86_400_000;
const TOKEN = 'token-0123456789abcdef';
const world = smallShop();

const settings = {
  store_id: '2981734',
  access_token: TOKEN,
  contact_email: 'dados@exemplo.com.br',
};

const store = (clock: JumpingClock, faults?: FaultPlan) =>
  startSimulator(nuvemshopSimulator, {
    world,
    clock,
    credentials: [TOKEN],
    ...(faults === undefined ? {} : { faults }),
  });

function syncOf(
  own: TestDatabase,
  origin: string,
  clock: JumpingClock,
  more: Partial<TestSync> = {},
): TestSync {
  const accounts = [{ settings, origin }];
  return { own, platform: nuvemshop, accounts, startDate: '2026-08-27', clock, ...more };
}

/** The store as it was recorded; page sizes and bounds of time are those of the recording. */
function recordedStore(clock: JumpingClock, streams: readonly string[]) {
  const cassette = readCassette({
    directory: platformFixtures('nuvemshop').pathname,
    streams,
    realOrigins: nuvemshopSimulator.realOrigins ?? [],
    ignored: ['per_page', 'updated_at_min', 'updated_at_max', 'aggregates'],
  });
  const server = startSimulator(nuvemshopSimulator, { world, clock, cassette });
  return { cassette, server };
}

async function count(own: TestDatabase, table: string): Promise<number> {
  const [row] = await own.query(`SELECT count(*) AS n FROM raw_nuvemshop_${table}`);
  return Number(row?.['n']);
}

const FAULTS: readonly Fault[] = [
  { kind: 'rate_limited' },
  { kind: 'server_error' },
  { kind: 'cut_length' },
  { kind: 'reset' },
  { kind: 'malformed_json' },
  { kind: 'duplicate_page' },
  { kind: 'shifting_page', by: 3 },
];

describe.each(servers)('$name', (server) => {
  test('the recorded store lands as it is expected, and edits replace their lines', async () => {
    const own = await server.database();
    const clock = jumpingClock('2026-10-04T03:05:00Z');
    const streams = nuvemshop.streams.map(({ name }) => name);
    const first = recordedStore(clock, streams);
    await using recorded = await first.server;

    const sync = await runSync(syncOf(own, recorded.origin, clock, { startDate: '2026-10-01' }));

    expect(new Set(Object.values(sync.status))).toEqual(new Set(['success']));
    expect(sync.codes).toEqual([]);
    expect(recorded.unknownRequests).toEqual([]);
    expect(first.cassette.unused().filter((name) => !name.includes('beyond_end'))).toEqual([]);
    const rows = await Promise.all(
      [...streams, 'order_lines', 'order_coupons', 'order_promotions'].map(async (table) => [
        table,
        await count(own, table),
      ]),
    );
    expect(Object.fromEntries(rows)).toEqual({
      store: 1,
      orders: 8,
      customers: 5,
      products: 5,
      categories: 3,
      abandoned_checkouts: 3,
      coupons: 3,
      order_lines: 11,
      order_coupons: 1,
      order_promotions: 1,
    });
    const totals = await own.query(
      "SELECT sum(total) AS placed, sum(if(payment_status = 'paid', total, 0)) AS paid FROM raw_nuvemshop_orders",
    );
    expect(totals.map(({ placed, paid }) => [Number(placed), Number(paid)])).toEqual([
      [3851.51, 3144.78],
    ]);

    clock.advance(3 * DAY_MS);
    const second = recordedStore(clock, ['store', 'orders_updated']);
    await using later = await second.server;
    await runSync(
      syncOf(own, later.origin, clock, { startDate: '2026-10-01', streams: ['orders'] }),
    );

    expect(second.cassette.unused()).toEqual([]);
    expect(await count(own, 'orders')).toBe(8);
    const lines = await own.query(
      'SELECT line_id, quantity FROM raw_nuvemshop_order_lines WHERE order_id = 1689920014',
    );
    expect(lines.map(({ line_id, quantity }) => [String(line_id), Number(quantity)])).toEqual([
      ['9007199254741003', 1],
    ]);
  });

  test('a sync through trouble brings what an undisturbed one brings, and the next one writes nothing', async () => {
    const clock = jumpingClock('2026-10-04T12:00:00Z');
    await using calm = await store(clock);
    const undisturbed = await server.database();
    await runSync(syncOf(undisturbed, calm.origin, clock));

    const own = await server.database();
    const again = jumpingClock('2026-10-04T12:00:00Z');
    await using troubled = await store(
      again,
      seededFaults({ seed: 11, rate: 0.25, faults: FAULTS }),
    );
    const { status } = await runSync(syncOf(own, troubled.origin, again));

    expect(new Set(Object.values(status))).toEqual(new Set(['success']));
    expect(await rawTables(own)).toEqual(await rawTables(undisturbed));

    const before = await rawTables(own, { volatile: true });
    const { results } = await runSync(syncOf(own, troubled.origin, again));

    expect(results.map(({ changes }) => changes.added + changes.updated + changes.deleted)).toEqual(
      results.map(() => 0),
    );
    expect(await rawTables(own, { volatile: true })).toEqual(before);
    expect(troubled.problems).toEqual([]);
  });

  test('syncs day after day come to what one read at their end brings', async () => {
    const clock = jumpingClock('2026-09-10T09:00:00Z');
    await using shop = await store(clock, seededFaults({ seed: 3, rate: 0.1, faults: FAULTS }));
    const daily = await server.database();
    const streams = ['orders', 'products', 'coupons'];
    for (let day = 0; day < 6; day += 1) {
      await runSync(syncOf(daily, shop.origin, clock, { streams }));
      clock.advance(3 * DAY_MS);
    }
    await runSync(syncOf(daily, shop.origin, clock, { streams }));

    const once = await server.database();
    await runSync(syncOf(once, shop.origin, clock, { streams }));

    const contents = async (own: TestDatabase) => ({
      orders: await own.query(
        'SELECT id, _record_hash FROM raw_nuvemshop_orders WHERE _deleted_at IS NULL ORDER BY id',
      ),
      lines: await own.query(
        'SELECT order_id, line_id, quantity, price FROM raw_nuvemshop_order_lines ORDER BY 1, 2',
      ),
      products: await own.query(
        'SELECT id, _record_hash FROM raw_nuvemshop_products WHERE _deleted_at IS NULL ORDER BY id',
      ),
    });
    expect(await contents(daily)).toEqual(await contents(once));
  });

  test('a customer that was removed is marked deleted within a week', async () => {
    const own = await server.database();
    const [removed] = world.accounts.deleted(
      { from: 0, to: Number.POSITIVE_INFINITY },
      Number.POSITIVE_INFINITY,
    );
    const clock = jumpingClock(new Date((removed?.deletedAt ?? 0) - DAY_MS).toISOString());
    await using shop = await store(clock);
    for (let day = 0; day < 3; day += 1) {
      await runSync(syncOf(own, shop.origin, clock, { streams: ['customers'] }));
      clock.advance(4 * DAY_MS);
    }

    const deleted = await own.query(
      'SELECT id FROM raw_nuvemshop_customers WHERE _deleted_at IS NOT NULL',
    );
    expect(deleted.map(({ id }) => Number(id))).toEqual([310_000_000 + (removed?.id ?? 0)]);
  });
});
