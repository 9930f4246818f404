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
import type { SmallPlatform } from '../../support/small-platforms.ts';
import { SMALL_PLATFORMS } from '../../support/small-platforms.ts';
import { elsewhere, SMALL_SHOP_NOW } from '../../support/small-shop.ts';
import type { Synced, TestSync } from '../../support/sync-run.ts';
import { runSync } from '../../support/sync-run.ts';

const HOUR_MS = 3_600_000;

interface Bad {
  readonly own: TestDatabase;
  readonly side: SmallPlatform;
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
function expectClear(
  problem: Diagnostic | undefined,
  { side, settings = side.settings }: Pick<Bad, 'side' | 'settings'>,
): void {
  const account = side.platform.accountId(side.platform.account.parse(settings));
  expect(problem?.message).toContain(`\`${account}\``);
  expect(problem?.message).toContain(`\`${side.platform.name}`);
  expect(problem?.hint ?? '').not.toBe('');
}

/** Tray is in Brazil alone, and tells neither currency nor zone. */
const TELLING = SMALL_PLATFORMS.filter(({ platform }) => platform.name !== 'tray');

const MOVES = [
  ['another currency', { currency: 'USD' }, '`USD`'],
  // Nuvemshop tells the country, whose capital's zone it is.
  ['another time zone', { timeZone: 'America/Bogota', country: 'CO' }, '`America/Bogota`'],
] as const;

describe.each(servers)('$name', (server) => {
  describe.each(TELLING)('$platform.label', (side) => {
    test.each(MOVES)(
      '%s than at the last sync: nothing is read, unless everything is',
      async (...move) => {
        const [, facts, word] = move;
        const own = await server.database();
        const clock = jumpingClock(SMALL_SHOP_NOW);
        const streams = [side.platform.streams[0]?.name ?? ''];
        await using simulator = await side.start(clock);
        await sync({ own, side, clock, origin: simulator.origin, more: { streams } });
        const before = await rawTables(own, { volatile: true });
        await using moved = await side.start(clock, { world: elsewhere(facts) });

        const refused = await sync({ own, side, clock, origin: moved.origin, more: { streams } });

        expect(Object.values(refused.status)).toEqual(['skipped']);
        expect(refused.codes).toEqual(['CX7209']);
        expectClear(problemsOf(refused)[0], { side });
        expect(problemsOf(refused)[0]?.message).toContain(word);
        expect(await rawTables(own, { volatile: true })).toEqual(before);
        const order = { fullRefresh: true };
        const taken = await sync({
          own,
          side,
          clock,
          origin: moved.origin,
          more: { streams, order },
        });
        const again = await sync({ own, side, clock, origin: moved.origin, more: { streams } });
        expect([...Object.values(taken.status), ...Object.values(again.status)]).toEqual([
          'success',
          'success',
        ]);
      },
    );
  });

  describe.each(SMALL_PLATFORMS)('$platform.label', (side) => {
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

    test('another account than the credential is for ends it with one message, and nothing is made', async () => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock, { isNobody: true });

      const synced = await sync({
        own,
        side,
        clock,
        origin: simulator.origin,
        settings: side.wrongAccount,
      });

      expect(new Set(Object.values(synced.status))).toEqual(new Set(['skipped']));
      expect(synced.codes).toEqual([expect.stringMatching(/CX720[23]/)]);
      expectClear(problemsOf(synced)[0], { side, settings: side.wrongAccount });
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
      expect(synced.codes).toEqual(['CX7201']);
      const [problem] = problemsOf(synced);
      expectClear(problem, { side });
      const stopped = synced.results.find(({ status }) => status === 'error')?.place.stream ?? '';
      expect(problem?.message).toContain(`\`${side.platform.name}.${stopped}\``);
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

    test('a clock that is a day behind is told, and the right one brings what is missing', async () => {
      const [own, right] = [await server.database(), await server.database()];
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);
      const behind = jumpingClock(SMALL_SHOP_NOW);
      behind.advance(-24 * HOUR_MS);

      const synced = await sync({ own, side, clock: behind, origin: simulator.origin });

      expect(synced.codes).toEqual(['CX7219']);
      expectClear(problemsOf(synced)[0], { side });
      await sync({ own, side, clock, origin: simulator.origin });
      await sync({ own: right, side, clock, origin: simulator.origin });
      expect(await rawDump(own, side.platform.name)).toEqual(
        await rawDump(right, side.platform.name),
      );
    });

    test('a database without the right to make tables is one clear message a stream', async () => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);
      const streams = side.platform.streams.slice(0, 2).map(({ name }) => name);
      await sync({
        own,
        side,
        clock,
        origin: simulator.origin,
        more: { streams: streams.slice(1) },
      });
      const before = await rawTables(own, { volatile: true });
      const writer = await userOf(own, 'writer', 'select, insert, update, delete');

      const synced = await sync({
        own: writer,
        side,
        clock,
        origin: simulator.origin,
        more: { streams: streams.slice(0, 1) },
      });

      expect(synced.status).toEqual({ [streams[0] ?? '']: 'error' });
      expect(synced.codes).toEqual(['CX7104']);
      const [problem] = problemsOf(synced);
      expectClear(problem, { side });
      expect(problem?.message).toContain(`\`${side.platform.name}.${streams[0] ?? ''}\``);
      expect(problem?.hint).toContain('`cortex debug` lists the missing privileges');
      expect(await rawTables(own, { volatile: true })).toEqual(before);
    });

    test('a read-only database is one clear message a stream', async () => {
      const own = await server.database();
      const clock = jumpingClock(SMALL_SHOP_NOW);
      await using simulator = await side.start(clock);
      const streams = [side.platform.streams[0]?.name ?? ''];
      await sync({ own, side, clock, origin: simulator.origin, more: { streams } });
      const before = await rawTables(own, { volatile: true });
      const reader = await userOf(own, 'reader', 'select');

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

/** The same database by a user who may do only some things. */
async function userOf(own: TestDatabase, kind: string, rights: string): Promise<TestDatabase> {
  const user = `${kind}_${own.name}`.slice(0, 32);
  await own.query(`create user '${user}'@'%' identified by 'may-not-much'`);
  await own.query(`grant ${rights} on \`${own.name}\`.* to '${user}'@'%'`);
  return { ...own, target: { ...own.target, user, password: 'may-not-much' } };
}
