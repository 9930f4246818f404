import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LocalTarget } from '../../../cli/manifest/target.ts';
import { systemClock } from '../../../cli/platform/clock.ts';
import { ensureServer, localServerTarget, stopServer } from '../../../cli/server/server.ts';
import { connectTarget } from '../../../cli/warehouse/connect.ts';
import { DatabaseError } from '../../../cli/warehouse/database-error.ts';
import { isDiskFull } from '../../../cli/warehouse/statement-problem.ts';
import { createDirectory } from '../../support/command-line.ts';
import { mariadbCommand } from '../../support/server-mariadb.ts';
import { mysqlCommand } from '../../support/server-mysql.ts';
import { canMount, mountSmallDisk } from '../../support/small-disk.ts';

const MEGABYTE = 1024 * 1024;
const isPossible = canMount();
if (!isPossible) console.log('No file system can be mounted here: the full disk is not tried');

const target: LocalTarget = {
  type: 'local',
  name: 'dev',
  database: 'shop',
  threads: 1,
  session: {},
  connectTimeoutMs: 10_000,
  readTimeoutMs: 0,
};

/** Each writes 32 kB of the server's log. */
const CHANGES = 2000;

describe.skipIf(!isPossible).each([
  ['mariadb', mariadbCommand],
  ['mysql', mysqlCommand],
] as const)('the private server on %s', (_, command) => {
  test('outlives a disk that is full while its log goes on', { timeout: 300_000 }, async () => {
    const { path } = createDirectory({});
    const disk = mountSmallDisk(join(path, '.cortex'), 1024);
    onTestFinished(async () => {
      await stopServer(path, systemClock);
      disk?.unmount();
    });
    const environment = { ...process.env, CORTEX_SERVER_BINARY: command().program };
    const server = await ensureServer(path, { clock: systemClock, environment });
    const database = await connectTarget(localServerTarget(target, server), { runId: 'r1' });
    await using session = await database.connect();
    onTestFinished(async () => database.close());
    await session.execute('create table notes (id int primary key, words longtext)');
    await session.execute("insert into notes values (1, ''), (2, ''), (3, ''), (4, '')");
    // Less than a file of the log needs, enough for the changes to go on for a while.
    disk?.fillUp(8 * MEGABYTE);

    for (let change = 0; change < CHANGES; change += 1) {
      const letter = String.fromCodePoint(97 + (change % 26));
      await session
        .execute(`update notes set words = repeat('${letter}', 8000)`)
        .catch((error: unknown) => {
          if (!(error instanceof DatabaseError) || !isDiskFull(error)) throw error;
        });
    }

    disk?.makeRoom();
    await session.execute("update notes set words = 'mended'");
    expect(await session.query('select distinct words from notes')).toEqual([{ words: 'mended' }]);
  });
});
