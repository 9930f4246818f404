import { beforeEach, describe, expect, it } from 'vitest';
import type { Rebuilds } from './rebuilds.ts';
import { prepareRebuilds, REBUILT, strayThreads, versionOf, watched } from './rebuilds.ts';
import type { TestDatabase } from './server.ts';
import { servers } from './server.ts';

export interface CrashSuite {
  readonly rebuilds: number;
  readonly kills: number;
  readonly minutes: number;
}

/** How long each of the two slow models takes at least, so that most kills meet a statement at work. */
const PAUSE_MS = 250;

/** Readers over rebuilds, and kills at random moments: light with every run, heavy in `npm run soak`. */
export function crashSuite({ rebuilds, kills, minutes }: CrashSuite): void {
  const timeout = minutes * 60_000;
  describe.each(servers)('readers and crashes of the built command on $name', (server) => {
    let database: TestDatabase;
    beforeEach(async () => {
      database = await server.database();
    });

    it('shows readers nothing between two versions', { timeout }, async () => {
      const project = await prepareRebuilds(database);

      const { reads, problems } = await watched(database, async () => {
        for (let version = 1; version <= rebuilds; version += 1) {
          project.write(version, version % 2 === 0 ? 'table' : 'view');
          const built = await project.build(...(version % 3 === 0 ? ['--full-refresh'] : []));
          expect(built).toMatchObject({ exitCode: 0 });
        }
      });

      expect(problems).toEqual([]);
      expect(reads).toBeGreaterThan(rebuilds);
      console.log(`${server.name}: ${rebuilds} rebuilds, ${reads} reads, none missing or mixed`);
    });

    it('leaves old or new after each kill, and the next run cleans up', { timeout }, async () => {
      const project = await prepareRebuilds(database, PAUSE_MS);
      let buildMs = await timeOf(async () => project.build());
      const counts = { killed: 0, done: 0, old: 0, new: 0, leftovers: 0 };

      for (let version = 1; counts.killed < kills; version += 1) {
        const before = version - 1;
        project.write(2 * version - 1);
        const { exitCode, stderr } = await project.killed(buildMs * (0.1 + 0.9 * Math.random()));
        expect([null, 0], stderr).toContain(exitCode);
        counts[exitCode === null ? 'killed' : 'done'] += 1;
        for (const name of REBUILT) {
          const found = await versionOf(database.query, name);
          expect([2 * before, 2 * version - 1]).toContain(found);
          counts[found === 2 * before ? 'old' : 'new'] += 1;
        }
        counts.leftovers += (await leftoversOf(database)).length;
        buildMs = await timeOf(async () => expectCleanRun(database, project, 2 * version));
      }

      console.log(
        `${server.name}: ${counts.killed} builds killed, ${counts.done} done before; relations left old ${counts.old}, new ${counts.new}, between 0; leftovers cleaned ${counts.leftovers}`,
      );
    });
  });
}

/** The run after a kill publishes everything, and nothing of the dead run stays: no relation, no session. */
async function expectCleanRun(
  database: TestDatabase,
  project: Rebuilds,
  version: number,
): Promise<void> {
  project.write(version);
  const next = await project.build();
  expect(next.exitCode, next.stderr).toBe(0);
  for (const name of REBUILT) expect(await versionOf(database.query, name)).toBe(version);
  expect(await leftoversOf(database)).toEqual([]);
  expect(await strayThreads(database)).toEqual([]);
}

async function leftoversOf(database: TestDatabase): Promise<readonly string[]> {
  const published = new Set<string>([...REBUILT, 'numbers']);
  return (await database.relations()).filter((name) => !published.has(name));
}

/** Milliseconds that some work takes. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
