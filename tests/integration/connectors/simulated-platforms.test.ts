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
});
