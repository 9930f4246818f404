import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import type { Clock } from '../../../cli/kernel/clock.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { runCommandLine } from '../../../cli/start.ts';
import { nuvemshopSimulator } from '../../../connectors/simulators/nuvemshop/simulator.ts';
import { createWorld } from '../../../connectors/simulators/shop/world.ts';
import { startSimulator } from '../../../connectors/simulators/start-simulator.ts';
import { createDirectory } from '../../support/command-line.ts';
import { jumpingClock } from '../../support/jumping-clock.ts';
import { mariadbCommand } from '../../support/server-mariadb.ts';
import { mysqlCommand } from '../../support/server-mysql.ts';
import { canMount, mountSmallDisk } from '../../support/small-disk.ts';

const MEGABYTE = 1024 * 1024;
const TOKEN = 'not-a-real-token';
const ORDERS = 8000;
const isPossible = canMount();
if (!isPossible) console.log('No file system can be mounted here: the full disk is not tried');

const world = createWorld({ seed: 7, orders: ORDERS, days: 40, startDate: '2026-08-20' });

describe.skipIf(!isPossible).each([
  ['mariadb', mariadbCommand],
  ['mysql', mysqlCommand],
] as const)('a sync into the private server on %s', (_, command) => {
  test(
    'ends in one message when the disk is full, and the next one brings what is missing',
    { timeout: 300_000 },
    async () => {
      const clock = jumpingClock('2026-10-04T12:00:00Z');
      await using shop = await startSimulator(nuvemshopSimulator, {
        world,
        clock,
        credentials: [TOKEN],
      });
      shop.state.useBucket(1_000_000);
      const project = (since: string) => stringify(projectFile(shop.origin, since));
      const directory = createDirectory({ 'cortex_project.yml': project('2026-10-02') });
      const runAt = async (time: Clock, ...args: readonly string[]) => {
        let [stdout, stderr] = ['', ''];
        const exitCode = await runCommandLine(args, {
          commandLine: [],
          stdout: { write: (text) => (stdout += text) },
          stderr: { write: (text) => (stderr += text) },
          environment: { CORTEX_SERVER_BINARY: command().program },
          directory: directory.path,
          clock: time,
          signal: new AbortController().signal,
        });
        return { exitCode, stdout, stderr };
      };
      const run = async (...args: readonly string[]) => runAt(clock, ...args);
      const disk = mountSmallDisk(join(directory.path, '.cortex'), 1024);
      onTestFinished(async () => {
        await runAt(systemClock, 'server', 'stop');
        disk?.unmount();
      });
      // By a clock that jumps the server would have had no time to start.
      const started = await runAt(systemClock, 'server', 'start');
      expect(started.exitCode, started.stderr).toBe(0);
      const first = await run('sync', 'nuvemshop.orders');
      expect(first.exitCode, first.stderr).toBe(0);

      disk?.fillUp(24 * MEGABYTE);
      directory.write('cortex_project.yml', project('2026-08-01'));
      const full = await run('sync', 'nuvemshop.orders');
      disk?.makeRoom();

      expect(full.exitCode, full.stderr).toBe(1);
      expect(full.stderr.match(/error\[CX\d+\]/g)).toEqual(['error[CX7104]']);
      expect(full.stderr).toContain('`nuvemshop.orders` of account `2981734`');
      expect(full.stderr).toContain('the server’s disk is full');
      const mended = await run('sync', 'nuvemshop.orders');
      expect(mended.exitCode, mended.stderr).toBe(0);
      const { stdout } = await run(
        'show',
        '--inline',
        'select count(*) as orders, (select count(distinct order_id) from raw_nuvemshop_order_lines) as with_lines from raw_nuvemshop_orders',
      );
      expect(stdout).toMatch(new RegExp(`^ *${ORDERS} +${ORDERS}$`, 'm'));
    },
  );
});

function projectFile(origin: string, start_date: string) {
  return {
    name: 'shop',
    targets: { dev: { type: 'local' } },
    connectors: {
      nuvemshop: {
        start_date,
        accounts: [
          {
            store_id: '2981734',
            access_token: TOKEN,
            contact_email: 'dados@exemplo.com.br',
            origin,
          },
        ],
      },
    },
  };
}
