import { describe, expect, test } from 'vitest';
import type { PlatformDefinition } from '../../../connectors/sdk/definition.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { rawDump } from '../../support/raw-dump.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { SMALL_PLATFORMS } from '../../support/small-platforms.ts';
import { SMALL_SHOP_NOW } from '../../support/small-shop.ts';
import { inSmallPages } from '../../support/small-pages.ts';
import type { Synced, TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

/** Reports whose days are replaced as a whole, one of each platform. */
const REPORTS = {
  meta_ads: 'ad_insights_daily',
  google_ads: 'campaign_daily',
  tiktok_ads: 'ad_report_daily',
  ga4: 'traffic_daily',
} as const;

const sides = SMALL_PLATFORMS.flatMap((side) => {
  const stream = (REPORTS as Readonly<Record<string, string>>)[side.platform.name];
  return stream === undefined ? [] : [{ ...side, stream }];
});

describe.each(servers)('$name', (server) => {
  describe.each(sides)('$platform.label', (side) => {
    const setUp = async () => {
      const [own, fresh] = [await server.database(), await server.database()];
      const clock = jumpingClock(SMALL_SHOP_NOW);
      const simulator = await side.start(clock);
      const read = (into: TestDatabase, more: Partial<TestSync> = {}): Promise<Synced> =>
        runSync({
          own: into,
          clock,
          platform: inSmallPages(side.platform, 5),
          accounts: [{ settings: side.settings, origin: simulator.origin }],
          streams: [side.stream],
          startDate: '2026-09-20',
          ...more,
        });
      const expectFresh = async () => {
        await read(fresh);
        const { name } = side.platform;
        expect(await rawDump(own, name)).toEqual(await rawDump(fresh, name));
        expect(simulator.problems).toEqual([]);
      };
      return { own, clock, read, expectFresh, [Symbol.asyncDispose]: () => simulator.close() };
    };

    test('of two syncs at once one is refused with a message, and no row is doubled', async () => {
      await using world = await setUp();

      const runs = await Promise.all([world.read(world.own), world.read(world.own)]);

      const statuses = runs.map(({ status }) => status[side.stream] ?? '').toSorted();
      expect(statuses).toEqual(['error', 'success']);
      expect(runs.flatMap(({ codes }) => codes)).toEqual(['CX7102']);
      await world.expectFresh();
    });

    test('of two syncs at once one waits where it is told to, and no row is doubled', async () => {
      await using world = await setUp();
      const waiting = { order: { wait: true } };

      const runs = await Promise.all([
        world.read(world.own, waiting),
        world.read(world.own, waiting),
      ]);

      expect(runs.map(({ status }) => status[side.stream])).toEqual(['success', 'success']);
      expect(runs.flatMap(({ codes }) => codes)).toEqual([]);
      await world.expectFresh();
    });

    test('a backfill beside a daily sync of the same days doubles and loses no row', async () => {
      await using world = await setUp();
      // The tables are there: waiting for whoever makes them is no wait on a clock that jumps.
      await world.read(world.own, { startDate: '2026-10-03' });
      const backfill = { order: { purpose: 'backfill', since: '2026-09-20' } } as const;

      const runs = await Promise.all([
        world.read(world.own, { startDate: '2026-09-28' }),
        world.read(world.own, backfill),
        world.read(world.own, backfill),
      ]);

      const [daily, ...backfills] = runs;
      const problems = runs.flatMap(({ events }) =>
        events.flatMap((event) => (event.type === 'problem' ? [event.diagnostic] : [])),
      );
      expect(
        problems.map(({ code }) => code),
        JSON.stringify(problems),
      ).toEqual(['CX7102']);
      expect(daily?.status).toEqual({ [side.stream]: 'success' });
      expect(backfills.map(({ status }) => status[side.stream] ?? '').toSorted()).toEqual([
        'error',
        'success',
      ]);
      await world.expectFresh();
    });

    test('a backfill that read before a daily sync and ends after it keeps what the later read saw', async () => {
      await using world = await setUp();
      await world.read(world.own, { startDate: '2026-10-03' });
      let daily: Promise<Synced> | undefined;
      const readDaily = async () => {
        if (daily !== undefined) return;
        world.clock.advance(3 * DAY_MS);
        daily = world.read(world.own, { startDate: '2026-09-20' });
        await daily;
      };

      const backfill = await world.read(world.own, {
        platform: afterEachSlice(inSmallPages(side.platform, 5), readDaily),
        order: { purpose: 'backfill', since: '2026-09-20' },
      });

      expect(await daily).toMatchObject({ status: { [side.stream]: 'success' }, codes: [] });
      expect(backfill).toMatchObject({ status: { [side.stream]: 'success' }, codes: [] });
      const waits = backfill.events.filter(({ type }) => type === 'waiting');
      expect(waits).toContainEqual(
        expect.objectContaining({
          reason: 'another run has read the window since, it is read again',
        }),
      );
      await world.expectFresh();
    });
  });
});

const DAY_MS = 86_400_000;

/** The platform, with something that happens when a slice was read to its end and is not committed yet. */
function afterEachSlice(
  platform: PlatformDefinition,
  then: () => Promise<void>,
): PlatformDefinition {
  const streams = platform.streams.map((stream): PlatformDefinition['streams'][number] => ({
    ...stream,
    async *read(context, slice) {
      yield* stream.read(context, slice);
      await then();
    },
  }));
  return { ...platform, streams };
}
