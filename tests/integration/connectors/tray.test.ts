import { describe, expect, test } from 'vitest';
import { readCassette } from '../../../connectors/simulators/cassette.ts';
import type { Fault, FaultPlan } from '../../../connectors/simulators/faults.ts';
import { seededFaults } from '../../../connectors/simulators/faults.ts';
import { manualClock } from '../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { traySimulator } from '../../../connectors/simulators/tray/simulator.ts';
import { tray } from '../../../connectors/tray/platform.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { platformFixtures } from '../../support/platform-fixture.ts';
import { rawTables } from '../../support/raw-tables.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { smallShop } from '../../support/small-shop.ts';
import type { TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

const world = smallShop();

const settings = {
  store_id: '1104532',
  api_address: 'https://lojaaurora.commercesuite.com.br/web_api',
  consumer_key: 'key-0123456789abcdef',
  consumer_secret: 'hush-0123456789abcdef',
  code: 'simulated-code',
};

const NOW = '2026-10-04T12:00:00Z';

/** A store that stands still, however long the sync waits, and serves any number of calls. */
async function standingStore(faults?: FaultPlan) {
  const simulator = await startSimulator(traySimulator, {
    world,
    clock: manualClock(NOW),
    ...(faults === undefined ? {} : { faults }),
  });
  simulator.state.useLimits({ perMinute: 1_000_000, perDay: 1_000_000 });
  return simulator;
}

function syncOf(
  own: TestDatabase,
  origin: string,
  clock: JumpingClock,
  more: Partial<TestSync> = {},
): TestSync {
  const accounts = [{ settings, origin }];
  return { own, platform: tray, accounts, startDate: '2026-09-27', clock, ...more };
}

async function counts(own: TestDatabase, tables: readonly string[]) {
  const rows = await Promise.all(
    tables.map(async (table) => {
      const [row] = await own.query(`SELECT count(*) AS n FROM raw_tray_${table}`);
      return [table, Number(row?.['n'])] as const;
    }),
  );
  return Object.fromEntries(rows);
}

const FAULTS: readonly Fault[] = [
  { kind: 'rate_limited' },
  { kind: 'server_error' },
  { kind: 'cut_length' },
  { kind: 'reset' },
  { kind: 'malformed_json' },
  { kind: 'duplicate_page' },
  { kind: 'shifting_page', by: 2 },
];

/** All but the details of customers, which the recording has of two only. */
const STREAMS = tray.streams.map(({ name }) => name).filter((name) => name !== 'customers_detail');

describe.each(servers)('$name', (server) => {
  test('the recorded store lands as it is expected', async () => {
    const own = await server.database();
    const clock = jumpingClock('2026-10-04T03:05:00Z');
    const cassette = readCassette({
      directory: platformFixtures('tray').pathname,
      streams: ['_auth', 'orders_complete', ...STREAMS],
      realOrigins: traySimulator.realOrigins ?? [],
      // Recorded with pages of few records, and of customers and products with the first day alone.
      ignored: ['limit', 'modified'],
    });
    await using recorded = await startSimulator(traySimulator, { world, clock, cassette });

    const { status, codes } = await runSync(
      syncOf(own, recorded.origin, clock, { startDate: '2026-10-01', streams: STREAMS }),
    );

    expect(new Set(Object.values(status))).toEqual(new Set(['success']));
    expect(codes).toEqual([]);
    expect(recorded.unknownRequests).toEqual([]);
    expect(cassette.unused()).toEqual(['_auth/refresh.json']);
    expect(
      await counts(own, [
        ...STREAMS,
        'order_lines',
        'order_line_skus',
        'order_payments',
        'order_marketplaces',
      ]),
    ).toEqual({
      orders: 7,
      order_statuses: 5,
      customers: 4,
      products: 5,
      product_variants: 6,
      products_solds: 10,
      discount_coupons: 3,
      carts: 3,
      order_lines: 10,
      order_line_skus: 2,
      order_payments: 5,
      order_marketplaces: 1,
    });
    const [totals] = await own.query(`
      SELECT sum(total) AS total, sum(partial_total - discount - coalesce(coupon_discount, 0)
        + shipment_value + payment_method_rate) AS added_up FROM raw_tray_orders`);
    expect([Number(totals?.['total']), Number(totals?.['added_up'])]).toEqual([3765.09, 3765.09]);
    const [marketplace] = await own.query('SELECT * FROM raw_tray_order_marketplaces');
    expect(marketplace?.['marketplace_order_id']).toBe('2000009876543210');
  });

  test('a sync through trouble brings what an undisturbed one brings, and the next one writes nothing', async () => {
    await using calm = await standingStore();
    const undisturbed = await server.database();
    await runSync(syncOf(undisturbed, calm.origin, jumpingClock(NOW), { streams: STREAMS }));

    const own = await server.database();
    const faults = seededFaults({ seed: 5, rate: 0.2, faults: FAULTS });
    await using troubled = await standingStore(faults);
    const sync = () =>
      runSync(syncOf(own, troubled.origin, jumpingClock(NOW), { streams: STREAMS }));
    const { status } = await sync();

    expect(new Set(Object.values(status))).toEqual(new Set(['success']));
    expect(await rawTables(own)).toEqual(await rawTables(undisturbed));

    const before = await rawTables(own, { volatile: true });
    const { results } = await sync();

    expect(results.map(({ changes }) => changes.added + changes.updated + changes.deleted)).toEqual(
      results.map(() => 0),
    );
    expect(await rawTables(own, { volatile: true })).toEqual(before);
    expect(troubled.problems).toEqual([]);
  });

  test('an account that is blocked is left out with one message that names it', async () => {
    const own = await server.database();
    await using shop = await standingStore();
    shop.state.closed = 1001;

    const { status, codes, events } = await runSync(syncOf(own, shop.origin, jumpingClock(NOW)));

    expect(new Set(Object.values(status))).toEqual(new Set(['skipped']));
    expect(codes).toHaveLength(1);
    expect(JSON.stringify(events)).toContain('1104532');
  });

  test('secrets are in no table and in no message', async () => {
    const own = await server.database();
    await using shop = await standingStore(seededFaults({ seed: 2, rate: 0.3, faults: FAULTS }));

    const { events } = await runSync(
      syncOf(own, shop.origin, jumpingClock(NOW), { streams: ['orders', 'order_statuses'] }),
    );

    const everything = JSON.stringify([events, await rawTables(own, { volatile: true })]);
    expect(everything).not.toMatch(/simulated-(access|refresh)|0123456789abcdef|simulated-code/);
  });
});
