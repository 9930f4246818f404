import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../connectors/simulators/faults.ts';
import { seededFaults } from '../../connectors/simulators/faults.ts';
import type { Simulator } from '../../connectors/simulators/start-simulator.ts';
import type { JumpingClock } from './jumping-clock.ts';
import { jumpingClock } from './jumping-clock.ts';
import { rawDump } from './raw-dump.ts';
import type { TestDatabase } from './server.ts';
import { servers } from './server.ts';
import type { SmallPlatform } from './small-platforms.ts';
import { SMALL_PLATFORMS } from './small-platforms.ts';
import type { Synced, TestSync } from './sync-run.ts';
import { inSmallPages } from './small-pages.ts';
import { runSync } from './sync-run.ts';

const START = '2026-09-28';
const UNTIL = '2026-10-03';
/** Long after the last order: nothing changes any more, however long runs wait. */
const LATER = '2026-12-15T12:00:00Z';

export interface SyncLaws {
  /** Disturbed ways to the tables that are tried for each platform. */
  readonly ways: number;
  readonly minutes: number;
}

/** One of the runs on the way: which days it begins with, and after how many answers it is cut off. */
interface Step {
  readonly purpose: 'sync' | 'backfill';
  readonly since: string;
  readonly answers: number | undefined;
}

interface Way {
  readonly pageSize: number;
  readonly seed: number;
  readonly rate: number;
  readonly steps: readonly Step[];
}

export const FAULTS: readonly Fault[] = [
  { kind: 'rate_limited' },
  { kind: 'server_error' },
  { kind: 'unavailable' },
  { kind: 'cut_length' },
  { kind: 'cut_chunks' },
  { kind: 'reset' },
  { kind: 'malformed_json' },
  { kind: 'duplicate_page' },
  { kind: 'shifting_page', by: 2 },
];

const anyStep = fc.record<Step>({
  purpose: fc.constantFrom('sync', 'backfill'),
  since: fc.constantFrom(START, '2026-09-30', '2026-10-02'),
  answers: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
});

const anyWay = fc.record<Way>({
  pageSize: fc.integer({ min: 2, max: 80 }),
  seed: fc.integer({ min: 1, max: 100_000 }),
  rate: fc.double({ min: 0, max: 0.3, noNaN: true }),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 4 }),
});

/**
 * Whatever the pages' size, whatever goes wrong, in whatever order days are read and wherever runs are cut off:
 * the tables come to what one undisturbed read brings. The last run reads only what the state lacks, so that
 * days that the state has without their rows would be missing at the end.
 */
export function syncLaws({ ways, minutes }: SyncLaws): void {
  describe('any way to read a platform', () => {
    const cases = SMALL_PLATFORMS.map((side, index) => {
      const server = servers[(index + 1) % servers.length];
      if (server === undefined) throw new Error('there is no server');
      return { name: `${side.platform.label} (${server.name})`, side, server };
    });
    test.each(cases)(
      'ends with what one undisturbed read brings: $name',
      { timeout: minutes * 60_000 },
      async ({ side, server }) => {
        const undisturbed = await server.database();
        const clock = jumpingClock(LATER);
        await using calm = await side.start(clock);
        await sync({ own: undisturbed, side, simulator: calm, clock });
        const expected = await rawDump(undisturbed, side.platform.name);

        const law = fc.asyncProperty(anyWay, async (way) => {
          const own = await server.database();
          await expectSame(side, own, way, expected);
          await own.drop();
        });
        await fc.assert(law, { numRuns: ways, seed: 20_261_126, endOnFailure: true });
      },
    );
  });
}

async function expectSame(
  side: SmallPlatform,
  own: TestDatabase,
  way: Way,
  expected: Awaited<ReturnType<typeof rawDump>>,
): Promise<void> {
  const { seed, rate, pageSize } = way;
  const clock = jumpingClock(LATER);
  const faults = seededFaults({ seed, rate, faults: FAULTS });
  await using simulator = await side.start(clock, { faults });
  const reading = { own, side, simulator, clock, pageSize };
  for (const step of way.steps) await runStep(reading, step);
  simulator.setFaults(undefined);
  const order = { purpose: 'backfill', since: START } as const;
  const { codes } = await sync({ ...reading, more: { order } });
  // A backfill is about days: lists, and what changed before the start date, come with a sync.
  const streams = side.platform.streams.filter(
    ({ cursor, optional }) => (cursor.kind === 'none' || 'firstDay' in cursor) && optional !== true,
  );
  if (streams.length > 0) {
    const names = streams.map(({ name }) => name);
    await sync({ ...reading, more: { streams: names } });
  }
  expect(codes).toEqual([]);
  expect(await rawDump(own, side.platform.name)).toEqual(expected);
  expect(simulator.problems).toEqual([]);
}

interface Reading {
  readonly own: TestDatabase;
  readonly side: SmallPlatform;
  readonly simulator: Simulator;
  readonly clock: JumpingClock;
  readonly pageSize?: number;
  readonly more?: Partial<TestSync>;
}

async function runStep(reading: Reading, { purpose, since, answers }: Step): Promise<void> {
  const controller = new AbortController();
  let seen = 0;
  const more: Partial<TestSync> = {
    startDate: since,
    order: { purpose },
    run: {
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'answered') seen += 1;
        if (seen === answers) controller.abort();
      },
    },
  };
  const { status } = await sync({ ...reading, more });
  if (answers === undefined) expect(Object.values(status)).not.toContain('error');
}

function sync({ own, side, simulator, clock, pageSize, more }: Reading): Promise<Synced> {
  return runSync({
    own,
    platform: pageSize === undefined ? side.platform : inSmallPages(side.platform, pageSize),
    accounts: [{ settings: side.settings, origin: simulator.origin }],
    startDate: START,
    clock,
    ...more,
    order: { until: UNTIL, ...more?.order },
  });
}
