import { expect, test } from 'vitest';
import { seededFaults } from '../../connectors/simulators/faults.ts';
import { jumpingClock } from '../support/jumping-clock.ts';
import { rawDump } from '../support/raw-dump.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';
import { SMALL_PLATFORMS } from '../support/small-platforms.ts';
import { SMALL_SHOP_NOW } from '../support/small-shop.ts';
import { runSync } from '../support/sync-run.ts';
import { FAULTS } from '../support/sync-laws.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** The last hour's sync has no faults, as the one of the next hour would mend what the one before lacks. */
test.each(servers)(
  'a day of hourly syncs of all platforms through faults loses nothing ($name)',
  async (server) => {
    const clock = jumpingClock(SMALL_SHOP_NOW);
    const own = await server.database();
    const started = await Promise.all(
      SMALL_PLATFORMS.map(async (side, index) => {
        const faults = seededFaults({ seed: 31 + index, rate: 0.2, faults: FAULTS });
        return { side, simulator: await side.start(clock, { faults }) };
      }),
    );
    const syncAll = async (into: TestDatabase) => {
      const ended = await Promise.all(
        started.map(({ side, simulator }) =>
          runSync({
            own: into,
            platform: side.platform,
            accounts: [{ settings: side.settings, origin: simulator.origin }],
            startDate: '2026-09-25',
            clock,
          }),
        ),
      );
      return ended.flatMap(({ status }) => Object.values(status));
    };
    const begun = clock.now();
    const statuses: string[] = [];
    for (let hour = 0; hour < HOURS; hour += 1) {
      clock.advance(Math.max(0, begun + hour * HOUR_MS - clock.now()));
      statuses.push(...(await syncAll(own)));
    }
    const faults = started.reduce(
      (sum, { simulator: { counters } }) =>
        sum + Object.values(counters.byFault).reduce((all, times) => all + times, 0),
      0,
    );
    for (const { simulator } of started) simulator.setFaults(undefined);
    expect(new Set(await syncAll(own))).toEqual(new Set(['success']));
    const fresh = await server.database();
    await syncAll(fresh);

    const lost: string[] = [];
    for (const { side } of started) {
      const [kept, expected] = [
        await rawDump(own, side.platform.name),
        await rawDump(fresh, side.platform.name),
      ];
      for (const [table, rows] of Object.entries(expected)) {
        const there = new Set(kept[table]);
        lost.push(...rows.filter((row) => !there.has(row)).map((row) => `${table} ${row}`));
      }
    }
    expect(lost.slice(0, 5)).toEqual([]);
    console.log(
      `${statuses.length} streams synced in ${HOURS} hours, ${faults} faults, ${statuses.filter((status) => status !== 'success').length} ended early`,
    );
    for (const { simulator } of started) {
      expect(simulator.problems).toEqual([]);
      await simulator.close();
    }
  },
);
