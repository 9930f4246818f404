import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../connectors/simulators/faults.ts';
import { seededFaults } from '../../connectors/simulators/faults.ts';
import type { Random } from '../../connectors/simulators/random.ts';
import { randomOf } from '../../connectors/simulators/random.ts';
import { manualClock } from '../../connectors/simulators/simulated-clock.ts';
import type { ChildConversions } from './child-conversions.ts';
import { addOrders, createConversionTables, outboxRows } from './conversion-run.ts';
import type { TestDatabase } from './server.ts';
import { servers } from './server.ts';
import { SMALL_DESTINATIONS } from './small-destinations.ts';

const CHILD = fileURLToPath(new URL('child-conversions.ts', import.meta.url));
const START = '2026-11-23T12:00:00Z';
/** What a dead worker held is free again. */
const BETWEEN_RUNS_MS = 16 * 60_000;

const FAULTS: readonly Fault[] = [
  { kind: 'rate_limited' },
  { kind: 'server_error' },
  { kind: 'unavailable' },
  { kind: 'reset', isCarriedOut: true },
  { kind: 'reset', isCarriedOut: false },
  { kind: 'cut_length' },
  { kind: 'malformed_json' },
];

export interface KilledConversions {
  /** At least; more where workers end before they are killed. */
  readonly orders: number;
  /** How many workers of each destination die before they are done. */
  readonly kills: number;
  readonly minutes: number;
}

type SmallDestination = (typeof SMALL_DESTINATIONS)[number];
type Platform = Awaited<ReturnType<SmallDestination['start']>>;

/** Workers that are killed at any moment, and a platform that fails now and then: every event counts once. */
export function killedConversions(options: KilledConversions): void {
  const timeout = options.minutes * 60_000;
  describe('workers that are killed while they send conversions', () => {
    const cases = SMALL_DESTINATIONS.map((destination, index) => {
      const server = servers[index % servers.length];
      if (server === undefined) throw new Error('there is no server');
      return { name: `${destination.name} (${server.name})`, destination, server };
    });
    test.each(cases)('lose none and send none twice: $name', { timeout }, async (row) => {
      await expectEachCountedOnce(row.destination, await row.server.database(), options);
    });
  });
}

async function expectEachCountedOnce(
  { name, settings, start }: SmallDestination,
  own: TestDatabase,
  { orders, kills }: KilledConversions,
): Promise<void> {
  await createConversionTables(own);
  const clock = manualClock(START);
  await using platform = await start(clock);
  platform.setFaults(seededFaults({ seed: 11, rate: 0.2, faults: FAULTS }));
  const random = randomOf(12, name.length);
  const runs = new Runs(platform, {
    own: { name: own.name, target: own.target },
    destinations: { [name]: { ...settings, origin: platform.origin } },
    name,
  });

  // Every worker finds new orders, so that there is something to do when the last one is killed.
  const batch = Math.ceil(orders / kills);
  let placed = 0;
  while (runs.killed < kills && runs.all < 8 * kills) {
    const ids = Array.from({ length: batch }, (_, index) => ({ id: `${1000 + placed + index}` }));
    await addOrders(own, ids);
    placed += batch;
    // With a limit events are queued first and then claimed; without one they are sent as they are queued.
    await runs.run(clock.now(), runs.all % 2 === 0 ? batch : undefined, killOf(random));
    clock.advance(BETWEEN_RUNS_MS);
  }
  for (let more = 0; more < 40 && !(await isAllDelivered(own, placed)); more += 1) {
    await runs.run(clock.now());
    clock.advance(BETWEEN_RUNS_MS);
  }

  expect(runs.killed).toBe(kills);
  const rows = await outboxRows(own);
  expect(rows).toHaveLength(placed);
  expect(rows.filter(({ status, isUnknown }) => status !== 'delivered' || isUnknown)).toEqual([]);
  const counted = [...platform.state.byId.values()];
  expect(counted).toHaveLength(placed);
  expect(counted.filter((one) => one.counted !== 1 || one.value !== 449.7)).toEqual([]);
  expect(platform.problems).toEqual([]);
  console.log(`${name}: ${runs.killed} of ${runs.all} workers killed, ${placed} events once each`);
}

async function isAllDelivered(own: TestDatabase, orders: number): Promise<boolean> {
  const [row] = await own.query(
    `SELECT count(*) AS delivered FROM __cortex_conversions WHERE status = 'delivered'`,
  );
  return Number(row?.['delivered']) === orders;
}

/** When a process is killed: some time after it started, or after it asked the platform so often. */
interface Kill {
  readonly requests: number;
  readonly delayMs: number;
}

/** Half of them around the answer to the first request, others before it or some requests further. */
function killOf(random: Random): Kill {
  const requests = random.pick([0, 1, 1, 2]);
  return { requests, delayMs: random.whole(0, requests === 0 ? 400 : 40) };
}

/** Workers of one destination, each a process of its own. */
class Runs {
  all = 0;
  /** Those that were killed before they came to their end. */
  killed = 0;
  readonly #platform: Platform;
  readonly #work: Pick<ChildConversions, 'own' | 'destinations' | 'name'>;

  constructor(platform: Platform, work: Pick<ChildConversions, 'own' | 'destinations' | 'name'>) {
    this.#platform = platform;
    this.#work = work;
  }

  async run(now: number, limit?: number, kill?: Kill): Promise<void> {
    this.all += 1;
    const before = this.#platform.requests.length;
    const work: ChildConversions = {
      ...this.#work,
      worker: `worker-${this.all}`,
      now: new Date(now).toISOString(),
      ...(limit === undefined ? {} : { limit }),
    };
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(work)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    if (kill !== undefined) {
      while (child.exitCode === null && this.#platform.requests.length - before < kill.requests) {
        await setTimeout(1);
      }
      await setTimeout(kill.delayMs);
      child.kill('SIGKILL');
    }
    await ended;
    if (child.signalCode === 'SIGKILL') this.killed += 1;
    else expect(child.exitCode).toBe(0);
  }
}
