import { describe, expect, test } from 'vitest';
import type { PlatformDefinition } from '../../../connectors/sdk/definition.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { rawDump } from '../../support/raw-dump.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { inSmallPages } from '../../support/small-pages.ts';
import type { SmallPlatform } from '../../support/small-platforms.ts';
import { SMALL_PLATFORMS } from '../../support/small-platforms.ts';
import { SMALL_SHOP_NOW } from '../../support/small-shop.ts';
import type { Synced, TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

const DAY_MS = 86_400_000;
/** Of one window of each platform, and of orders that go on changing. */
const WEEK = { start: '2026-09-28', now: SMALL_SHOP_NOW };
/** A day before one of the customers of the small shop is deleted. */
const BEFORE_DELETION = { start: '2026-08-25', now: '2026-09-18T12:00:00Z' };

const shops = SMALL_PLATFORMS.filter(({ platform }) =>
  ['nuvemshop', 'tray', 'shopify'].includes(platform.name),
);

/** A platform and a clock that stand still until a test moves them, and one stream of it. */
async function worldOf(side: SmallPlatform, stream: string, { start, now }: typeof WEEK) {
  const clock = jumpingClock(now);
  const simulator = await side.start(clock);
  const read = (
    own: TestDatabase,
    platform: PlatformDefinition,
    more: Partial<TestSync> = {},
  ): Promise<Synced> =>
    runSync({
      own,
      clock,
      platform: inSmallPages(platform, 5),
      accounts: [{ settings: side.settings, origin: simulator.origin }],
      streams: [stream],
      startDate: start,
      ...more,
    });
  return { clock, read, simulator, [Symbol.asyncDispose]: () => simulator.close() };
}

const BACKFILL = { order: { purpose: 'backfill' } } as const;

describe.each(servers)('$name', (server) => {
  test.each(shops)(
    'records without a version that a backfill read before a daily sync stay as the sync saw them: $platform.label',
    async (side) => {
      const [own, fresh] = [await server.database(), await server.database()];
      await using world = await worldOf(side, 'orders', WEEK);
      const platform = withoutVersions(side.platform);
      let seen: unknown;
      const daily = once(async () => {
        world.clock.advance(3 * DAY_MS);
        await world.read(own, platform);
        seen = await rawDump(own, platform.name);
      });

      const backfill = await world.read(own, afterEachSlice(platform, daily), BACKFILL);

      expect(backfill).toMatchObject({ status: { orders: 'success' }, codes: [] });
      expect(await rawDump(own, platform.name)).toEqual(seen);
      await world.read(fresh, platform);
      expect(await rawDump(own, platform.name)).toEqual(await rawDump(fresh, platform.name));
      expect(world.simulator.problems).toEqual([]);
    },
  );

  test.each(shops.filter(({ platform }) => platform.name !== 'tray'))(
    'a customer that a sweep knows to be gone stays gone though a backfill read it before: $platform.label',
    async (side) => {
      const [own, expected] = [await server.database(), await server.database()];
      const { platform } = side;
      await using world = await worldOf(side, 'customers', BEFORE_DELETION);
      const daily = once(async () => syncUntilGone(world, platform, own));

      const backfill = await world.read(own, afterEachSlice(platform, daily), BACKFILL);

      expect(backfill).toMatchObject({ status: { customers: 'success' }, codes: [] });
      await using quiet = await worldOf(side, 'customers', BEFORE_DELETION);
      await syncUntilGone(quiet, platform, expected);
      const dump = await rawDump(expected, platform.name);
      const customers = dump[`raw_${platform.name}_customers`] ?? [];
      expect(customers.filter((row) => row.endsWith('"isDeleted":true}'))).toHaveLength(1);
      expect(await rawDump(own, platform.name)).toEqual(dump);
    },
  );
});

/** Lands the customers, and marks the one that is gone when the next sweep is due. */
async function syncUntilGone(
  { clock, read }: { readonly clock: JumpingClock; readonly read: WorldRead },
  platform: PlatformDefinition,
  own: TestDatabase,
): Promise<void> {
  await read(own, platform);
  clock.advance(8 * DAY_MS);
  await read(own, platform);
}

type WorldRead = Awaited<ReturnType<typeof worldOf>>['read'];

/** The platform, as if none of its records told how new they are. */
function withoutVersions(platform: PlatformDefinition): PlatformDefinition {
  const streams = platform.streams.map(
    (stream) =>
      Object.fromEntries(
        Object.entries(stream).filter(([name]) => name !== 'versionBy'),
      ) as unknown as typeof stream,
  );
  return { ...platform, streams };
}

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

function once(work: () => Promise<void>): () => Promise<void> {
  let isDone = false;
  return async () => {
    if (isDone) return;
    isDone = true;
    await work();
  };
}
