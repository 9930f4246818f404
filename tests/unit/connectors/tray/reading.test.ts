import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Slice } from '../../../../connectors/sdk/definition.ts';
import { ReadFailure } from '../../../../connectors/sdk/read-failure.ts';
import type { Fault } from '../../../../connectors/simulators/faults.ts';
import { placedFaults, seededFaults } from '../../../../connectors/simulators/faults.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import { traySimulator } from '../../../../connectors/simulators/tray/simulator.ts';
import type { TrayState } from '../../../../connectors/simulators/tray/state.ts';
import type { TrayAccount } from '../../../../connectors/tray/account.ts';
import { tray } from '../../../../connectors/tray/platform.ts';
import type { JumpingClock } from '../../../support/jumping-clock.ts';
import { jumpingClock } from '../../../support/jumping-clock.ts';
import type { ReadRecords, StreamReading } from '../../../support/read-stream.ts';
import { readStream, sweepStream } from '../../../support/read-stream.ts';
import { SMALL_SHOP_NOW, smallShop } from '../../../support/small-shop.ts';

const world = smallShop();
const MINUTE_MS = 60_000;
let clock: JumpingClock;
let simulator: Simulator<TrayState>;

beforeEach(async () => {
  clock = jumpingClock(SMALL_SHOP_NOW);
  simulator = await startSimulator(traySimulator, { world, clock });
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.problems).toEqual([]);
});

/** Days of Brasília, the last one not included. */
const days = (first: string, afterLast: string): Slice => ({
  kind: 'instants',
  from: Date.parse(`${first}T00:00:00-03:00`),
  to: Date.parse(`${afterLast}T00:00:00-03:00`),
});
const WEEK = days('2026-09-20', '2026-09-27');

function reading(
  stream: string,
  slice: Slice = WEEK,
  pageSize?: number,
): StreamReading<TrayAccount> {
  return {
    platform: tray,
    account: {
      store_id: '1104532',
      api_address: 'https://lojaaurora.commercesuite.com.br/web_api',
      consumer_key: 'key',
      consumer_secret: 'hush',
      code: 'simulated-code',
    },
    facts: { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice,
    origin: simulator.origin,
    clock,
    pageSize,
  };
}

const hashes = ({ rows }: ReadRecords) => rows.map(({ hash }) => hash).toSorted();

test('orders of a week are those that changed in it, complete', async () => {
  const { rows, children, column } = await readStream(reading('orders'));

  const { from, to } = WEEK as Extract<Slice, { kind: 'instants' }>;
  const { items } = world.orders.changed({ from, to }, clock.now(), { offset: 0, limit: 1000 });
  expect(
    column('id')
      .map(Number)
      .toSorted((left, right) => left - right),
  ).toEqual(items.map(({ order }) => order.index + 70_000));
  expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
  expect(children['order_lines']).toBe(
    items.flatMap(({ order }) => order.lines).reduce((sum, { parts }) => sum + 1 + parts.length, 0),
  );
});

test.each([
  'customers',
  'customers_detail',
  'products',
  'product_variants',
  'products_solds',
  'discount_coupons',
  'carts',
  'order_statuses',
])('%s land without a misfit', async (stream) => {
  const { rows, notices } = await readStream(reading(stream, days('2026-08-01', '2026-10-05')));

  expect(rows.length).toBeGreaterThan(0);
  expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
  expect(notices).toEqual([]);
});

describe('a read with trouble', () => {
  const FAULTS: readonly Fault[] = [
    { kind: 'rate_limited' },
    { kind: 'server_error' },
    { kind: 'cut_length' },
    { kind: 'reset' },
    { kind: 'malformed_json' },
    { kind: 'duplicate_page' },
    { kind: 'shifting_page', by: 2 },
  ];

  test.each([1, 2, 3])('comes to the same (seed %i)', async (seed) => {
    const undisturbed = await readStream(reading('orders', WEEK, 10));
    simulator.setFaults(seededFaults({ seed, rate: 0.3, faults: FAULTS, inARow: 1 }));

    const disturbed = await readStream(reading('orders', WEEK, 10));

    expect(hashes(disturbed)).toEqual(hashes(undisturbed));
    expect(Object.keys(simulator.counters.byFault).length).toBeGreaterThan(2);
  });

  test('asks for new tokens when they run out in its middle', async () => {
    const expired = { kind: 'expired_token' } as const;
    simulator.setFaults(placedFaults([{ fault: expired, path: /complete/, from: 20 }]));

    await readStream(reading('orders'));

    expect(simulator.counters.byRoute['/web_api/auth']).toBe(2);
  });

  test('survives that the answer to a refresh is lost', async () => {
    simulator.setFaults(
      placedFaults([
        { fault: { kind: 'expired_token' }, path: /complete/, from: 20 },
        { fault: { kind: 'cut_length' }, path: /auth/, from: 2 },
      ]),
    );

    const { rows } = await readStream(reading('orders'));

    expect(rows.length).toBeGreaterThan(20);
  });

  test('stays below 180 calls a minute', async () => {
    await readStream(reading('orders', days('2026-08-27', '2026-10-05')));

    const calls = simulator.requests.filter(({ path }) => !path.endsWith('auth'));
    const most = Math.max(
      ...calls.map(
        ({ at }) => calls.filter((other) => other.at >= at && other.at < at + MINUTE_MS).length,
      ),
    );
    expect(calls.length).toBeGreaterThan(300);
    expect(most).toBeLessThanOrEqual(180);
    expect(simulator.counters.byStatus['429']).toBeUndefined();
  });

  test('ends until tomorrow when the calls of the day are used up', async () => {
    simulator.state.useLimits({ perMinute: 180, perDay: 30 });

    const failure = await readStream(reading('orders')).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ReadFailure);
    expect(failure).toMatchObject({ outcome: { action: 'stop_until_reset' } });
  });

  test('does not read everything where the filter is ignored', async () => {
    simulator.state.ignoresFilters = true;

    const failure = await readStream(reading('orders')).catch((error: unknown) => error);

    expect(failure).toMatchObject({ outcome: { action: 'fatal', kind: 'response' } });
    expect(simulator.counters.byRoute['/web_api/orders']).toBe(1);
  });
});

test('an order that is gone when its details are asked for was deleted', async () => {
  const { column } = await readStream(reading('orders'));
  const [first] = column('id');
  simulator.setFaults(undefined);
  const gone = String(first);
  await using partial = await startSimulator(
    {
      ...traySimulator,
      routes: [
        {
          method: 'GET',
          path: `/web_api/orders/${gone}/complete`,
          handle: () => ({ status: 404, body: { code: 404, causes: ['Invalid parameter id.'] } }),
        },
        ...traySimulator.routes,
      ],
    },
    { world, clock },
  );

  const read = await readStream({ ...reading('orders'), origin: partial.origin });

  expect(read.deletedKeys).toEqual([[gone]]);
  expect(read.column('id')).not.toContain(gone);
});

test('a sweep has the ids of all products that are left', async () => {
  const keys = await sweepStream(reading('products'));

  expect(keys).toHaveLength(world.catalog.products(clock.now()).length);
});
