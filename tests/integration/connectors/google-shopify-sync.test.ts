import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../connectors/simulators/faults.ts';
import { placedFaults, seededFaults } from '../../../connectors/simulators/faults.ts';
import type { Simulator } from '../../../connectors/simulators/start-simulator.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { rawDump } from '../../support/raw-dump.ts';
import { rawTables } from '../../support/raw-tables.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { SmallPlatform } from '../../support/small-platforms.ts';
import { SMALL_PLATFORMS } from '../../support/small-platforms.ts';
import { SMALL_SHOP_NOW } from '../../support/small-shop.ts';
import { inSmallPages } from '../../support/small-pages.ts';
import type { Synced, TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

const DAY_MS = 86_400_000;
const START = '2026-09-20';

/** Streams of each kind: records that change, reports that are restated, lists that are read whole. */
const STREAMS: Readonly<Record<string, readonly string[]>> = {
  shopify: ['orders', 'order_refunds', 'products', 'inventory_levels'],
  google_ads: ['campaigns', 'campaign_daily', 'ad_daily', 'clicks'],
  ga4: ['traffic_daily', 'transactions', 'items_daily'],
};

const sides = SMALL_PLATFORMS.filter(({ platform }) => platform.name in STREAMS);

/** One way of going wrong each; what comes after it is undisturbed. */
const FAULTS: readonly Fault[] = [
  { kind: 'rate_limited' },
  { kind: 'bare_429' },
  { kind: 'server_error' },
  { kind: 'unavailable' },
  { kind: 'slow_headers', delayMs: 50 },
  { kind: 'slow_body', delayMs: 50 },
  { kind: 'cut_length' },
  { kind: 'cut_chunks' },
  { kind: 'reset' },
  { kind: 'reset', isCarriedOut: true },
  { kind: 'malformed_json' },
  { kind: 'duplicate_page' },
  { kind: 'shifting_page', by: 2 },
  { kind: 'expired_token' },
];

/** Google decides how many rows a page has. */
function pageSmall({ state }: Simulator): void {
  Object.assign(state as object, { pageSize: 5 });
}

interface Reading {
  readonly own: TestDatabase;
  readonly side: SmallPlatform;
  readonly simulator: Simulator;
  readonly clock: JumpingClock;
  readonly more?: Partial<TestSync>;
}

function read({ own, side, simulator, clock, more }: Reading): Promise<Synced> {
  return runSync({
    own,
    clock,
    platform: inSmallPages(side.platform, 5),
    accounts: [{ settings: side.settings, origin: simulator.origin }],
    streams: STREAMS[side.platform.name] ?? [],
    startDate: START,
    ...more,
  });
}

/** What a read brings that nothing disturbs. */
async function freshDump(own: TestDatabase, side: SmallPlatform, at: string) {
  const clock = jumpingClock(at);
  await using simulator = await side.start(clock);
  await read({ own, side, simulator, clock });
  return rawDump(own, side.platform.name);
}

const moved = ({ results }: Synced) =>
  results.map(({ place, changes: { added, updated, deleted } }) => ({
    stream: place.stream,
    moved: added + updated + deleted,
  }));

describe.each(servers)('$name', (server) => {
  describe.each(sides)('$platform.label', (side) => {
    const { name } = side.platform;

    test('each way of going wrong changes nothing', { timeout: 300_000 }, async () => {
      const expected = await freshDump(await server.database(), side, SMALL_SHOP_NOW);

      // What goes wrong on the way to a platform is the same for every server: they share the ways.
      const share = FAULTS.filter((_, index) => servers[index % servers.length] === server);
      for (const fault of share) {
        const own = await server.database();
        const clock = jumpingClock(SMALL_SHOP_NOW);
        // Far apart: a call whose token is refused twice in a row gives up.
        const faults = placedFaults([4, 24, 44].map((from) => ({ fault, from })));
        await using simulator = await side.start(clock, { faults });
        pageSmall(simulator);
        const { status, codes } = await read({ own, side, simulator, clock });

        expect({ fault, status: new Set(Object.values(status)), codes }).toEqual({
          fault,
          status: new Set(['success']),
          codes: [],
        });
        expect(simulator.counters.byFault[fault.kind]).toBeGreaterThan(0);
        expect({ fault, dump: await rawDump(own, name) }).toEqual({ fault, dump: expected });
        expect(simulator.problems).toEqual([]);
      }
    });

    test('a sync through all of it brings what an undisturbed one brings, and the next one writes nothing', async () => {
      const expected = await freshDump(await server.database(), side, SMALL_SHOP_NOW);
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      const faults = seededFaults({ seed: 41, rate: 0.2, faults: FAULTS });
      await using simulator = await side.start(clock, { faults });
      pageSmall(simulator);

      const { status } = await read({ own, side, simulator, clock });

      expect(new Set(Object.values(status))).toEqual(new Set(['success']));
      expect(await rawDump(own, name)).toEqual(expected);
      const before = await rawTables(own, { volatile: true });
      simulator.setFaults(undefined);
      const second = await read({ own, side, simulator, clock });
      expect(moved(second)).toEqual(
        second.results.map(({ place }) => ({ stream: place.stream, moved: 0 })),
      );
      expect(await rawTables(own, { volatile: true })).toEqual(before);
    });

    test('restated days and changed records equal a fresh read', async () => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);
      pageSmall(simulator);
      await read({ own, side, simulator, clock });
      const before = await rawDump(own, name);

      for (let day = 0; day < 3; day += 1) {
        clock.advance(2 * DAY_MS);
        await read({ own, side, simulator, clock });
      }

      const after = await rawDump(own, name);
      expect(after).not.toEqual(before);
      const at = new Date(clock.now()).toISOString();
      expect(after).toEqual(await freshDump(await server.database(), side, at));
    });

    test('a platform that is silent is not waited for for ever, and the next sync goes on', async () => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      const silence = placedFaults([{ fault: { kind: 'silence' }, from: 4, times: Infinity }]);
      await using simulator = await side.start(clock, { faults: silence });
      pageSmall(simulator);
      const timeouts = { connectMs: 200, headersMs: 200, silenceMs: 200, bodyMs: 1000 };

      const stopped = await read({ own, side, simulator, clock, more: { run: { timeouts } } });

      expect(Object.values(stopped.status)).toContain('error');
      expect(new Set(stopped.codes)).toEqual(new Set(['CX7204']));
      simulator.setFaults(undefined);
      await read({ own, side, simulator, clock });
      const at = new Date(clock.now()).toISOString();
      expect(await rawDump(own, name)).toEqual(await freshDump(await server.database(), side, at));
    });
  });
});
