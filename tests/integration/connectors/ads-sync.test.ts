import { describe, expect, test } from 'vitest';
import { metaAds } from '../../../connectors/meta-ads/platform.ts';
import type { PlatformDefinition } from '../../../connectors/sdk/definition.ts';
import { seededFaults } from '../../../connectors/simulators/faults.ts';
import type { Fault } from '../../../connectors/simulators/faults.ts';
import { metaAdsSimulator } from '../../../connectors/simulators/meta-ads/simulator.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../connectors/simulators/start-simulator.ts';
import { tiktokAdsSimulator } from '../../../connectors/simulators/tiktok-ads/simulator.ts';
import { tiktokAds } from '../../../connectors/tiktok-ads/platform.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { rawDump } from '../../support/raw-dump.ts';
import { servers } from '../../support/server.ts';
import type { TestDatabase } from '../../support/server.ts';
import { smallAdvertising } from '../../support/small-advertising.ts';
import { inSmallPages } from '../../support/small-pages.ts';
import { runSync } from '../../support/sync-run.ts';
import type { Synced, TestSync } from '../../support/sync-run.ts';

const TOKEN = 'token-0123456789abcdef';
const DAY_MS = 86_400_000;

interface Side {
  readonly platform: PlatformDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
  /** One of each kind. */
  readonly streams: readonly string[];
  /** Ads that are archived or deleted a week later. */
  readonly goneAds: number;
  start(clock: JumpingClock): Promise<Simulator>;
}

const meta: Side = {
  platform: metaAds,
  settings: { account_id: '1038472956104733', access_token: TOKEN },
  streams: ['ads', 'ad_insights_daily', 'ad_insights_country'],
  goneAds: 2,
  start: (clock) =>
    startSimulator(metaAdsSimulator, { world: smallAdvertising(), clock, credentials: [TOKEN] }),
};

const tiktok: Side = {
  platform: tiktokAds,
  settings: { advertiser_id: '7301482200915738626', access_token: TOKEN },
  streams: ['advertisers', 'ads', 'ad_report_daily'],
  goneAds: 1,
  start: (clock) =>
    startSimulator(tiktokAdsSimulator, { world: smallAdvertising(), clock, credentials: [TOKEN] }),
};

const sides = [
  ['Meta Ads', meta],
  ['TikTok Ads', tiktok],
] as const;

const FAULTS: readonly Fault[] = [
  { kind: 'rate_limited' },
  { kind: 'server_error' },
  { kind: 'unavailable' },
  { kind: 'slow_body', delayMs: 20 },
  { kind: 'cut_length' },
  { kind: 'cut_chunks' },
  { kind: 'reset' },
  { kind: 'malformed_json' },
  { kind: 'duplicate_page' },
  { kind: 'shifting_page', by: 1 },
];

interface Reading {
  readonly own: TestDatabase;
  readonly side: Side;
  readonly simulator: Simulator;
  readonly clock: JumpingClock;
  readonly more?: Partial<TestSync>;
}

function read({ own, side, simulator, clock, more }: Reading): Promise<Synced> {
  return runSync({
    own,
    clock,
    platform: inSmallPages(side.platform, 2),
    accounts: [{ settings: side.settings, origin: simulator.origin }],
    streams: side.streams,
    startDate: '2026-09-10',
    ...more,
  });
}

/** What one undisturbed read of everything lands at an instant. */
async function freshDump(own: TestDatabase, side: Side, now: string) {
  const clock = jumpingClock(now);
  await using simulator = await side.start(clock);
  await read({ own, side, simulator, clock });
  return rawDump(own, side.platform.name);
}

describe.each(servers)('$name', (server) => {
  describe.each(sides)('%s', (_, side) => {
    const { name } = side.platform;

    test('a sync through faults lands what an undisturbed one lands', async () => {
      const [quiet, disturbed] = [await server.database(), await server.database()];
      const expected = await freshDump(quiet, side, '2026-10-05T12:00:00Z');
      const clock = jumpingClock('2026-10-05T12:00:00Z');
      await using simulator = await side.start(clock);
      simulator.setFaults(seededFaults({ seed: 11, rate: 0.3, faults: FAULTS }));

      const { status } = await read({ own: disturbed, side, simulator, clock });

      expect(new Set(Object.values(status))).toEqual(new Set(['success']));
      expect(Object.keys(simulator.counters.byFault).length).toBeGreaterThan(6);
      expect(await rawDump(disturbed, name)).toEqual(expected);
      expect(simulator.problems).toEqual([]);
    });

    test('a second sync with nothing new writes nothing', async () => {
      const own = await server.database();
      const clock = jumpingClock('2026-10-05T12:00:00Z');
      await using simulator = await side.start(clock);
      await read({ own, side, simulator, clock });

      const { results } = await read({ own, side, simulator, clock });

      expect(results.map(({ changes }) => changes)).toEqual(
        results.map(() => expect.objectContaining({ added: 0, updated: 0, deleted: 0 }) as unknown),
      );
      expect(results.some(({ changes }) => changes.unchanged > 0)).toBe(true);
    });

    test('restated windows, rows taken back and deleted objects equal a fresh read', async () => {
      const [own, other] = [await server.database(), await server.database()];
      const clock = jumpingClock('2026-10-05T12:00:00Z');
      await using simulator = await side.start(clock);
      await read({ own, side, simulator, clock });
      const before = await rawDump(own, name);

      clock.advance(7 * DAY_MS);
      await read({ own, side, simulator, clock });

      const after = await rawDump(own, name);
      expect(after).not.toEqual(before);
      const ads = after[`raw_${name}_ads`] ?? [];
      expect(ads.filter((row) => row.includes('"isDeleted":true'))).toHaveLength(side.goneAds);
      expect(after).toEqual(await freshDump(other, side, new Date(clock.now()).toISOString()));
    });

    test('a backfill beside daily syncs lands what one sync lands', async () => {
      const [own, other] = [await server.database(), await server.database()];
      const expected = await freshDump(other, side, '2026-10-05T12:00:00Z');
      const clock = jumpingClock('2026-10-05T12:00:00Z');
      await using simulator = await side.start(clock);
      await read({ own, side, simulator, clock, more: { startDate: '2026-09-24' } });

      const order = { purpose: 'backfill', since: '2026-09-10' } as const;
      await read({ own, side, simulator, clock, more: { order } });

      expect(await rawDump(own, name)).toEqual(expected);
    });

    test('the token stands in no table, no event and no address', async () => {
      const own = await server.database();
      const clock = jumpingClock('2026-10-05T12:00:00Z');
      await using simulator = await side.start(clock);

      const { events } = await read({ own, side, simulator, clock });

      expect(JSON.stringify(await rawDump(own, name))).not.toContain(TOKEN);
      expect(JSON.stringify(events)).not.toContain(TOKEN);
      expect(simulator.requests.map(({ query }) => query).join()).not.toContain('access_token');
    });

    test('a token withdrawn in mid-run ends the account, and nothing half read stays', async () => {
      const [own, other] = [await server.database(), await server.database()];
      const clock = jumpingClock('2026-10-05T12:00:00Z');
      await using simulator = await side.start(clock);
      simulator.setFaults({
        faultOf: ({ index }) => (index === 9 ? { kind: 'revoked_token' } : undefined),
      });

      const { status, codes } = await read({ own, side, simulator, clock });

      expect(Object.values(status)).toContain('error');
      // Calls that were under way together are refused together.
      expect(new Set(codes)).toEqual(new Set(['CX7201']));
      const expected = await freshDump(other, side, '2026-10-05T12:00:00Z');
      for (const [table, rows] of Object.entries(await rawDump(own, name))) {
        expect(expected[table]).toEqual(expect.arrayContaining([...rows]));
      }
    });
  });
});
