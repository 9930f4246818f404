import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { randomOf } from '../../connectors/simulators/random.ts';
import { manualClock } from '../../connectors/simulators/simulated-clock.ts';
import type { ChildSync } from './child-sync.ts';
import { rawDump } from './raw-dump.ts';
import type { TestDatabase } from './server.ts';
import { servers } from './server.ts';
import type { SimulatedPlatform } from './simulated-platforms.ts';
import { SIMULATED_PLATFORMS } from './simulated-platforms.ts';
import { SMALL_SHOP_NOW } from './small-shop.ts';

const CHILD = fileURLToPath(new URL('child-sync.ts', import.meta.url));

export interface KilledSyncs {
  /** How often the syncs of each platform are killed. */
  readonly kills: number;
  readonly minutes: number;
}

/** Syncs in a process of its own; killed after some time where one is given. Resolves to what it printed. */
async function syncInChild(sync: ChildSync, killAfterMs?: number): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(sync)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  if (killAfterMs !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, killAfterMs));
    child.kill('SIGKILL');
  }
  await ended;
  return printed;
}

/** Processes that sync, killed at any moment, come to what one process brings that is not; on both servers. */
export function killedSyncs(options: KilledSyncs): void {
  const timeout = options.minutes * 60_000;
  describe('syncs that are killed again and again', () => {
    const cases = SIMULATED_PLATFORMS.map((side, index) => {
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
  side: SimulatedPlatform,
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

  let interrupted = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const printed = await syncInChild(syncOf(killed), random.whole(100, 2500));
    if (printed.trim() === 'ready') interrupted += 1;
  }
  const last = await syncInChild(syncOf(killed));
  const whole = await syncInChild(syncOf(undisturbed));
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
