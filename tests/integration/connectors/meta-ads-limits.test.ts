import { describe, expect, test } from 'vitest';
import { metaAds } from '../../../connectors/meta-ads/platform.ts';
import { metaAdsSimulator } from '../../../connectors/simulators/meta-ads/simulator.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { rawDump } from '../../support/raw-dump.ts';
import { servers } from '../../support/server.ts';
import type { TestDatabase } from '../../support/server.ts';
import { smallAdvertising } from '../../support/small-advertising.ts';
import { runSync } from '../../support/sync-run.ts';

const TOKEN = 'token-0123456789abcdef';
const BACKFILL = { purpose: 'backfill', since: '2026-09-21', until: '2026-10-04' } as const;

const start = (clock: JumpingClock) =>
  startSimulator(metaAdsSimulator, { world: smallAdvertising(), clock, credentials: [TOKEN] });

const backfill = (own: TestDatabase, origin: string, clock: JumpingClock) =>
  runSync({
    own,
    clock,
    platform: metaAds,
    accounts: [{ settings: { account_id: '1038472956104733', access_token: TOKEN }, origin }],
    streams: ['ad_insights_daily'],
    order: BACKFILL,
    // The wait for lost access is longer than a run waits by itself.
    run: { maxWaitMs: 7_200_000 },
  });

describe.each(servers)('$name', (server) => {
  test('a report of too many rows is ordered in parts, which land what the whole does', async () => {
    const [own, other] = [await server.database(), await server.database()];
    const clock = jumpingClock();
    await using simulator = await start(clock);
    await backfill(other, simulator.origin, clock);
    simulator.state.useLimits({ rows: 6 });

    const { status, events } = await backfill(own, simulator.origin, clock);

    expect(status).toEqual({ ad_insights_daily: 'success' });
    const splits = events.flatMap((event) => (event.type === 'split' ? [event.to] : []));
    expect(splits.length).toBeGreaterThan(2);
    expect(splits.join()).not.toContain('records a page');
    expect(await rawDump(own, 'meta_ads')).toEqual(await rawDump(other, 'meta_ads'));
  });

  test('a report that is never done ends with a message, and its window counts as not read', async () => {
    const own = await server.database();
    const clock = jumpingClock();
    await using simulator = await start(clock);
    simulator.state.isStuck = true;

    const { status, codes, results } = await backfill(own, simulator.origin, clock);

    expect([status, codes]).toEqual([{ ad_insights_daily: 'error' }, ['CX7207']]);
    expect(results[0]?.readUntil).toBeUndefined();
  });

  test('calls slow down and wait before Meta refuses one', async () => {
    const own = await server.database();
    const clock = jumpingClock();
    await using simulator = await start(clock);
    simulator.state.useLimits({ insightCalls: 60, rows: 3 });

    const { status } = await backfill(own, simulator.origin, clock);

    expect(status).toEqual({ ad_insights_daily: 'success' });
    expect(simulator.counters.byStatus).not.toHaveProperty('400');
    expect(clock.waits.filter((ms) => ms >= 60_000).length).toBeGreaterThan(0);
  });
});
