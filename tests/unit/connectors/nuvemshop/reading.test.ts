import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NuvemshopAccount } from '../../../../connectors/nuvemshop/account.ts';
import { nuvemshop } from '../../../../connectors/nuvemshop/platform.ts';
import type { Slice } from '../../../../connectors/sdk/definition.ts';
import type { Fault } from '../../../../connectors/simulators/faults.ts';
import { placedFaults, seededFaults } from '../../../../connectors/simulators/faults.ts';
import { nuvemshopSimulator } from '../../../../connectors/simulators/nuvemshop/simulator.ts';
import type { NuvemshopState } from '../../../../connectors/simulators/nuvemshop/state.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { JumpingClock } from '../../../support/jumping-clock.ts';
import { jumpingClock } from '../../../support/jumping-clock.ts';
import type { ReadRecords, StreamReading } from '../../../support/read-stream.ts';
import { readStream, sweepStream } from '../../../support/read-stream.ts';
import { SMALL_SHOP_NOW, smallShop } from '../../../support/small-shop.ts';

const world = smallShop();
const ALWAYS = { from: 0, to: Number.POSITIVE_INFINITY };
let clock: JumpingClock;
let simulator: Simulator<NuvemshopState>;

beforeEach(async () => {
  clock = jumpingClock(SMALL_SHOP_NOW);
  const credentials = ['not-a-real-token'];
  simulator = await startSimulator(nuvemshopSimulator, { world, clock, credentials });
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.problems).toEqual([]);
});

/** Everything up to five minutes ago. */
const allSoFar = (): Slice => ({
  kind: 'instants',
  from: Date.parse('2026-08-01T00:00:00Z'),
  to: clock.now() - 300_000,
});

function reading(
  stream: string,
  slice: Slice = allSoFar(),
  pageSize?: number,
): StreamReading<NuvemshopAccount> {
  return {
    platform: nuvemshop,
    account: {
      store_id: '2981734',
      access_token: 'not-a-real-token',
      contact_email: 'dados@exemplo.com.br',
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

describe('a whole read', () => {
  test('has every order that changed by the end of its window', async () => {
    const { column } = await readStream(reading('orders'));

    const window = { from: 0, to: clock.now() - 300_000 };
    const { items } = world.orders.changed(window, clock.now(), { offset: 0, limit: 1000 });
    expect(
      column('number')
        .map(Number)
        .toSorted((left, right) => left - right),
    ).toEqual(items.map(({ order }) => order.index + 100));
  });

  test.each(['store', 'customers', 'products', 'categories', 'abandoned_checkouts', 'coupons'])(
    'of %s lands without a misfit',
    async (stream) => {
      const { rows, notices } = await readStream(reading(stream));

      expect(rows.length).toBeGreaterThan(0);
      expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
      expect(notices).toEqual([]);
    },
  );

  test('of customers leaves out those who were removed', async () => {
    const { column } = await readStream(reading('customers'));

    const { total } = world.accounts.changed(ALWAYS, clock.now(), { offset: 0, limit: 0 });
    expect(column('id')).toHaveLength(total);
  });

  test.each([7, 200])('is the same with %i records on a page', async (pageSize) => {
    const usual = await readStream(reading('orders'));

    const other = await readStream(reading('orders', allSoFar(), pageSize));

    expect(hashes(other)).toEqual(hashes(usual));
  });
});

describe('a read with trouble', () => {
  const FAULTS: readonly Fault[] = [
    { kind: 'rate_limited' },
    { kind: 'server_error' },
    { kind: 'unavailable' },
    { kind: 'cut_length' },
    { kind: 'cut_chunks' },
    { kind: 'reset' },
    { kind: 'malformed_json' },
    { kind: 'duplicate_page' },
    { kind: 'shifting_page', by: 3 },
  ];

  test.each([1, 2, 3])('comes to the same (seed %i)', async (seed) => {
    const undisturbed = await readStream(reading('orders', allSoFar(), 25));
    simulator.setFaults(seededFaults({ seed, rate: 0.4, faults: FAULTS }));

    const disturbed = await readStream(reading('orders', allSoFar(), 25));

    expect(hashes(disturbed)).toEqual(hashes(undisturbed));
    expect(disturbed.notices).toEqual([]);
    expect(Object.keys(simulator.counters.byFault).length).toBeGreaterThan(2);
  });

  test('never takes a page that moved for the whole list', async () => {
    const undisturbed = await readStream(reading('orders', allSoFar(), 25));
    const shift = { kind: 'shifting_page', by: 5 } as const;
    simulator.setFaults(placedFaults([{ fault: shift, path: /orders/, from: 3 }]));

    const disturbed = await readStream(reading('orders', allSoFar(), 25));

    expect(hashes(disturbed)).toEqual(hashes(undisturbed));
  });

  test('waits for the bucket instead of overflowing it', async () => {
    await readStream(reading('orders', allSoFar(), 5));

    expect(simulator.counters.byStatus['429']).toBeUndefined();
    expect(simulator.counters.byStatus['200']).toBeGreaterThan(60);
  });
});

test('orders that change while they are read are not lost', async () => {
  const slice: Slice = {
    kind: 'instants',
    from: Date.parse('2026-09-20T00:00:00Z'),
    to: Date.parse('2026-09-25T00:00:00Z'),
  };
  // A clock that runs an hour with every request moves many orders out of the window.
  clock = jumpingClock('2026-09-25T01:00:00Z');
  const credentials = ['not-a-real-token'];
  const hurried = { now: () => clock.now() };
  await using fast = await startSimulator(nuvemshopSimulator, {
    world,
    clock: hurried,
    credentials,
    faults: {
      faultOf: () => {
        clock.advance(3_600_000);
        return undefined;
      },
    },
  });

  const { column } = await readStream({
    ...reading('orders', slice, 5),
    origin: fast.origin,
  });

  // All that were in the window and are still in it when the last page was read.
  const { items } = world.orders.changed(
    { from: slice.from as number, to: slice.to as number },
    clock.now(),
    { offset: 0, limit: 1000 },
  );
  expect(items.length).toBeGreaterThan(5);
  expect(column('number')).toEqual(
    expect.arrayContaining(items.map(({ order }) => String(order.index + 100))),
  );
});

test('a sweep has the ids of all customers that are left', async () => {
  const keys = await sweepStream(reading('customers'));

  const { total } = world.accounts.changed(ALWAYS, clock.now(), { offset: 0, limit: 0 });
  expect(new Set(keys.map(([id]) => id)).size).toBe(total);
});

test('a probe tells name, zone and currency of the store', async () => {
  const { column } = await readStream(reading('store', { kind: 'everything' }));

  expect([column('name'), column('country'), column('main_currency')]).toEqual([
    ['Loja Aurora'],
    ['BR'],
    ['BRL'],
  ]);
});
