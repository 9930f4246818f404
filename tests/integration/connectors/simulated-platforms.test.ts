import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadPlatform, platformNames } from '../../../connectors/registry.ts';
import { SIMULATED_PLATFORMS } from '../../../connectors/simulators/simulated-platforms.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { servers } from '../../support/server.ts';
import { SMALL_SHOP_NOW, smallShop } from '../../support/small-shop.ts';
import { runSync } from '../../support/sync-run.ts';

const world = smallShop();
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const SHOPS = ['nuvemshop', 'tray', 'shopify'];

test('every platform that ships can be simulated', () => {
  expect(SIMULATED_PLATFORMS.map(({ name }) => name)).toEqual(platformNames);
});

describe.each(servers.slice(0, 1))('$name', (server) => {
  test.each(SIMULATED_PLATFORMS)(
    '$name lands whole, and a second sync writes no row',
    async ({ name, account, start }) => {
      const own = await server.database();
      const platform = (await loadPlatform(name)) ?? expect.fail();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await start({ world, clock });
      const sync = {
        own,
        platform,
        clock,
        accounts: [{ settings: account(world, { privateKey }), origin: simulator.origin }],
        startDate: '2026-09-15',
      };

      const first = await runSync(sync);
      const second = await runSync(sync);

      const problems = first.events.flatMap((event) =>
        event.type === 'problem' ? [event.diagnostic] : [],
      );
      expect(problems).toEqual([]);
      expect(new Set(Object.values(first.status))).toEqual(new Set(['success']));
      expect(first.results.reduce((sum, { changes }) => sum + changes.added, 0)).toBeGreaterThan(0);
      for (const { place, changes } of second.results) {
        expect({ place, ...changes }).toMatchObject({ added: 0, updated: 0, deleted: 0 });
      }
      expect(simulator.problems).toEqual([]);
    },
  );

  test.each(SIMULATED_PLATFORMS.filter(({ name }) => SHOPS.includes(name)))(
    '$name brings records that are of use all the time, however long ago they changed',
    async ({ name, account, start }) => {
      const platform = (await loadPlatform(name)) ?? expect.fail();
      const streams = platform.streams
        .filter(({ cursor, optional }) => 'firstDay' in cursor && optional !== true)
        .map((stream) => stream.name);
      const addedFrom = async (startDate: string) => {
        const own = await server.database();
        const clock = jumpingClock(SMALL_SHOP_NOW);
        await using simulator = await start({ world, clock });
        const accounts = [{ settings: account(world, { privateKey }), origin: simulator.origin }];
        const { results } = await runSync({ own, platform, clock, streams, accounts, startDate });
        return results.map(({ place, changes }) => [place.stream, changes.added] as const);
      };

      const late = await addedFrom(SMALL_SHOP_NOW.slice(0, 10));

      expect(late).toEqual(await addedFrom('2005-01-01'));
      expect(late.map(([stream]) => stream)).toEqual(
        expect.arrayContaining(['products', 'customers']),
      );
      for (const [stream, added] of late) expect(added, stream).toBeGreaterThan(0);
    },
  );
});
