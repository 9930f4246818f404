import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../connectors/simulators/random.ts';
import { manualClock } from '../../connectors/simulators/simulated-clock.ts';
import type { Simulator } from '../../connectors/simulators/start-simulator.ts';
import type { ChildSync } from './child-sync.ts';
import { rawDump } from './raw-dump.ts';
import type { TestDatabase } from './server.ts';
import { servers } from './server.ts';
import type { SmallPlatform } from './small-platforms.ts';
import { SMALL_PLATFORMS } from './small-platforms.ts';
import { SMALL_SHOP_NOW } from './small-shop.ts';

const CHILD = fileURLToPath(new URL('child-sync.ts', import.meta.url));

export interface KilledSyncs {
  /** How often the syncs of each platform are killed. */
  readonly kills: number;
  readonly minutes: number;
}

/** When a process is killed: some time after it started, or after the platform answered it so often. */
interface Kill {
  readonly requests: number;
  readonly delayMs: number;
}

/** Syncs in a process of its own; killed at a moment where one is given. Resolves to what it printed. */
async function syncInChild(store: Simulator, sync: ChildSync, kill?: Kill): Promise<string> {
  const requestsBefore = store.requests.length;
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(sync)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  if (kill !== undefined) {
    while (child.exitCode === null && store.requests.length - requestsBefore < kill.requests)
      await setTimeout(2);
    await setTimeout(kill.delayMs);
    child.kill('SIGKILL');
  }
  await ended;
  return printed;
}

/** Processes that sync, killed at any moment, come to what one process brings that is not; on both servers. */
export function killedSyncs(options: KilledSyncs): void {
  const timeout = options.minutes * 60_000;
  describe('syncs that are killed again and again', () => {
    const cases = SMALL_PLATFORMS.map((side, index) => {
      const server = servers[index % servers.length];
      if (server === undefined) throw new Error('there is no server');
      return { name: `${side.platform.label} (${server.name})`, side, server };
    });
    test.each(cases)('come to what one brings that is not: $name', { timeout }, async (row) => {
      const databases = [await row.server.database(), await row.server.database()] as const;
      await expectEqualAfterKills(row.side, databases, options.kills);
    });
  });
}

async function expectEqualAfterKills(
  side: SmallPlatform,
  [killed, undisturbed]: readonly [TestDatabase, TestDatabase],
  kills: number,
): Promise<void> {
  await using store = await side.start(manualClock(SMALL_SHOP_NOW));
  const folder = mkdtempSync(join(tmpdir(), 'cortex-killed-'));
  const syncOf = ({ name, target }: TestDatabase): ChildSync => ({
    platform: side.platform.name,
    own: { name, target },
    settings: side.settings,
    origin: store.origin,
    startDate: '2026-09-20',
    now: SMALL_SHOP_NOW,
    folder,
  });
  const random = randomOf(20, side.platform.name.length);

  const whole = await syncInChild(store, syncOf(undisturbed));
  const wholeRequests = store.requests.length;
  let interrupted = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    // The first comes before the first answer is written, others while the state is made or a few pages further.
    const requests = kill % 3 === 1 ? 0 : random.whole(1, Math.ceil((2 * wholeRequests) / kills));
    const delayMs = kill === 0 ? 0 : random.whole(0, requests === 0 ? 1000 : 200);
    const printed = await syncInChild(store, syncOf(killed), { requests, delayMs });
    if (printed.trim() === 'ready') interrupted += 1;
  }
  const last = await syncInChild(store, syncOf(killed));
  rmSync(folder, { recursive: true });

  expect(interrupted).toBeGreaterThan(0);
  expect(last).toBe(whole);
  expect(whole).not.toContain('error');
  expect(await rawDump(killed, side.platform.name)).toEqual(
    await rawDump(undisturbed, side.platform.name),
  );
  expect(store.problems).toEqual([]);
  console.log(`${side.platform.label}: ${interrupted} of ${kills} kills came before the end`);
}
