import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { nuvemshopSimulator } from '../../../connectors/simulators/nuvemshop/simulator.ts';
import { randomOf } from '../../../connectors/simulators/random.ts';
import { manualClock } from '../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { traySimulator } from '../../../connectors/simulators/tray/simulator.ts';
import type { ChildSync } from '../../support/child-sync.ts';
import { rawTables } from '../../support/raw-tables.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { smallShop } from '../../support/small-shop.ts';

const NOW = '2026-10-04T12:00:00Z';
const KILLS = 5;
const CHILD = fileURLToPath(new URL('../../support/child-sync.ts', import.meta.url));
const world = smallShop();

/** Stores that stand still and answer any number of calls, so that every read of them is the same. */
const STORES = {
  nuvemshop: async () => {
    const credentials = ['token-0123456789abcdef'];
    const options = { world, clock: manualClock(NOW), credentials };
    const simulator = await startSimulator(nuvemshopSimulator, options);
    simulator.state.useBucket(1_000_000);
    return simulator;
  },
  tray: async () => {
    const simulator = await startSimulator(traySimulator, { world, clock: manualClock(NOW) });
    simulator.state.useLimits({ perMinute: 1_000_000, perDay: 1_000_000 });
    return simulator;
  },
};

const SETTINGS = {
  nuvemshop: {
    store_id: '2981734',
    access_token: 'token-0123456789abcdef',
    contact_email: 'dados@exemplo.com.br',
  },
  tray: {
    store_id: '1104532',
    api_address: 'https://lojaaurora.commercesuite.com.br/web_api',
    consumer_key: 'key-0123456789abcdef',
    consumer_secret: 'hush-0123456789abcdef',
    code: 'simulated-code',
  },
};

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

describe.each(servers)('$name', (server) => {
  test.each(['nuvemshop', 'tray'] as const)(
    'syncs of %s that are killed again and again come to what one brings that is not',
    { timeout: 400_000 },
    async (platform) => {
      await using store = await STORES[platform]();
      const folder = mkdtempSync(join(tmpdir(), 'cortex-killed-'));
      const syncOf = ({ name, target }: TestDatabase): ChildSync => ({
        platform,
        own: { name, target },
        settings: SETTINGS[platform],
        origin: store.origin,
        startDate: '2026-09-20',
        now: NOW,
        folder,
      });
      const random = randomOf(20, platform.length);
      const [killed, undisturbed] = [await server.database(), await server.database()];

      let interrupted = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const printed = await syncInChild(syncOf(killed), random.whole(200, 3000));
        if (printed.trim() === 'ready') interrupted += 1;
      }
      const last = await syncInChild(syncOf(killed));
      const whole = await syncInChild(syncOf(undisturbed));
      rmSync(folder, { recursive: true });

      expect(interrupted).toBeGreaterThan(0);
      expect(last).toBe(whole);
      expect(whole).not.toContain('error');
      expect(await rawTables(killed)).toEqual(await rawTables(undisturbed));
      expect(store.problems).toEqual([]);
    },
  );
});
