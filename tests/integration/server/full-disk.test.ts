import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';
import { mariadbCommand } from '../../support/server-mariadb.ts';
import { mysqlCommand } from '../../support/server-mysql.ts';
import type { SmallDisk } from '../../support/small-disk.ts';
import { canMount, mountSmallDisk } from '../../support/small-disk.ts';

const MEGABYTE = 1024 * 1024;
const isPossible = canMount();
if (!isPossible) console.log('No file system can be mounted here: the full disk is not tried');

const model = (rows: string) => `{{config materialized='table'}}${rows}\n`;
const FEW = (version: string) =>
  model(`select n, '${version}' as version from {{ref 'numbers'}} where n <= 9`);
const MANY = model(
  `select a.n, repeat('x', 200) as version from {{ref 'numbers'}} a cross join {{ref 'numbers'}} b`,
);

describe.skipIf(!isPossible).each([
  ['mariadb', mariadbCommand],
  ['mysql', mysqlCommand],
] as const)('the private server on %s', (_, command) => {
  test(
    'a full disk ends in one message, keeps what is published, and passes',
    { timeout: 300_000 },
    async () => {
      const directory = createDirectory({
        'cortex_project.yml': 'name: shop\ntargets: { dev: { type: local } }\n',
        'seeds/numbers.csv': `n\n${Array.from({ length: 3000 }, (__, n) => n + 1).join('\n')}\n`,
        'models/small.sql': FEW('old'),
        'models/large.sql': FEW('old'),
      });
      const environment = { CORTEX_SERVER_BINARY: command().program };
      const run = async (...args: readonly string[]) =>
        cortex(args, { directory: directory.path, environment });
      const disk = mountSmallDisk(join(directory.path, '.cortex'), 1024);
      onTestFinished(async () => {
        await run('server', 'stop');
        disk?.unmount();
      });

      await expectBuilt(run);
      const full = await buildOnFullDisk(run, directory, disk);

      expect(full.exitCode, full.stderr).toBe(1);
      expect(full.stderr.match(/error\[CX\d+\]/g)).toEqual(['error[CX5016]']);
      expect(full.stderr).toContain('the server’s disk is full');
      expect(full.stderr).toContain('`large` keeps its previous contents');
      expect(full.published).toMatch(/^ *9 +old$/m);

      directory.write('models/large.sql', FEW('new'));
      await expectBuilt(run);
      expect((await published(run)).stdout).toMatch(/^ *9 +new$/m);
    },
  );
});

type Run = (...args: readonly string[]) => ReturnType<typeof cortex>;

async function expectBuilt(run: Run): Promise<void> {
  const { exitCode, stderr } = await run('build');
  expect(exitCode, stderr).toBe(0);
}

async function published(run: Run) {
  return run(
    'show',
    '--inline',
    "select count(*) as found, max(version) as version from {{ref 'large'}}",
  );
}

/** Builds a table that is too large while little room is left, and reads it before there is room again. */
async function buildOnFullDisk(
  run: Run,
  directory: { write(name: string, text: string): void },
  disk: SmallDisk | undefined,
) {
  directory.write('models/large.sql', MANY);
  disk?.fillUp(24 * MEGABYTE);
  const { exitCode, stderr } = await run('build');
  const { stdout, stderr: problem } = await published(run);
  disk?.makeRoom();
  return { exitCode, stderr, published: stdout + problem };
}
