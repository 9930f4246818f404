import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../cli/kernel/diagnostic.ts';
import { CortexError } from '../../../cli/kernel/errors.ts';
import { placedFaults } from '../../../connectors/simulators/faults.ts';
import type { JumpingClock } from '../../support/jumping-clock.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { rawDump } from '../../support/raw-dump.ts';
import { rawTables } from '../../support/raw-tables.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { SimulatedPlatform } from '../../support/simulated-platforms.ts';
import { SIMULATED_PLATFORMS } from '../../support/simulated-platforms.ts';
import { SMALL_SHOP_NOW } from '../../support/small-shop.ts';
import type { Synced, TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

const HOUR_MS = 3_600_000;

interface Bad {
  readonly own: TestDatabase;
  readonly side: SimulatedPlatform;
  readonly origin: string;
  readonly clock: JumpingClock;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly more?: Partial<TestSync>;
}

const sync = ({ own, side, origin, clock, settings = side.settings, more }: Bad) =>
  runSync({
    own,
    clock,
    platform: side.platform,
    accounts: [{ settings, origin }],
    startDate: '2026-09-28',
    ...more,
  });

function problemsOf({ events }: Synced): readonly Diagnostic[] {
  return events.flatMap((event) => (event.type === 'problem' ? [event.diagnostic] : []));
}

/** The one thing that somebody reads: what it is about, and what to do. */
function expectClear(problem: Diagnostic | undefined, { side }: Pick<Bad, 'side'>): void {
  const account = side.platform.accountId(side.platform.account.parse(side.settings));
  expect(problem?.message).toContain(`\`${account}\``);
  expect(problem?.message).toContain(`\`${side.platform.name}`);
  expect(problem?.hint ?? '').not.toBe('');
}

describe.each(servers.slice(0, 1))('$name', (server) => {
  describe.each(SIMULATED_PLATFORMS)('$platform.label', (side) => {
    test('wrong credentials end the account with one message, and nothing is made', async () => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);

      const synced = await sync({
        own,
        side,
        clock,
        origin: simulator.origin,
        settings: side.wrongCredentials,
      });

      expect(new Set(Object.values(synced.status))).not.toContain('success');
      expect(synced.codes).toEqual(['CX7201']);
      expectClear(problemsOf(synced)[0], { side });
      expect(await rawTables(own)).toEqual({});
    });

    test('a token that is withdrawn in mid-run ends it, and the next run brings what is missing', async () => {
      const [own, undisturbed] = [await server.database(), await server.database()];
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock, {
        faults: placedFaults([{ fault: { kind: 'revoked_token' }, from: 6 }]),
      });

      const synced = await sync({ own, side, clock, origin: simulator.origin });

      expect(Object.values(synced.status)).toContain('error');
      expect(new Set(synced.codes)).toEqual(new Set(['CX7201']));
      expectClear(problemsOf(synced)[0], { side });
      const again = jumpingClock(SMALL_SHOP_NOW);
      await using mended = await side.start(again);
      await sync({ own, side, clock: again, origin: mended.origin });
      await sync({ own: undisturbed, side, clock: again, origin: mended.origin });
      expect(await rawDump(own, side.platform.name)).toEqual(
        await rawDump(undisturbed, side.platform.name),
      );
    });

    test('a clock that is ahead is told, and what was not there yet does not count as read', async () => {
      const [own, right] = [await server.database(), await server.database()];
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);
      const ahead = jumpingClock(SMALL_SHOP_NOW);
      ahead.advance(5 * HOUR_MS);

      const synced = await sync({ own, side, clock: ahead, origin: simulator.origin });

      expect(synced.codes).toEqual(['CX7219']);
      expectClear(problemsOf(synced)[0], { side });
      const expected = await sync({ own: right, side, clock, origin: simulator.origin });
      const readUntil = ({ results }: Synced) =>
        Object.fromEntries(
          results.map(({ place, readUntil: until }) => [place.stream, until?.slice(0, 16)]),
        );
      expect(readUntil(synced)).toEqual(readUntil(expected));
    });

    test('a read-only database is one clear message a stream', async () => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);
      const streams = [side.platform.streams[0]?.name ?? ''];
      await sync({ own, side, clock, origin: simulator.origin, more: { streams } });
      const before = await rawTables(own, { volatile: true });
      const reader = await readerOf(own);

      const synced = await sync({
        own: reader,
        side,
        clock,
        origin: simulator.origin,
        more: { streams },
      })
        .then(problemsOf)
        .catch(diagnosticsOf);

      expect(synced).toHaveLength(1);
      expect(synced[0]?.hint ?? '').not.toBe('');
      expect(await rawTables(own, { volatile: true })).toEqual(before);
    });
  });
});

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof CortexError) return error.diagnostics;
  throw error;
}

/** The same database by a user who may read only. */
async function readerOf(own: TestDatabase): Promise<TestDatabase> {
  const user = `reader_${own.name}`.slice(0, 32);
  await own.query(`create user '${user}'@'%' identified by 'reads-only'`);
  await own.query(`grant select on \`${own.name}\`.* to '${user}'@'%'`);
  return { ...own, target: { ...own.target, user, password: 'reads-only' } };
}
