import { beforeEach, describe, expect, it } from 'vitest';
import {
  killedRun,
  prepareRebuilds,
  REBUILT,
  rebuiltProject,
  stateOf,
  watched,
} from './rebuilds.ts';
import { runProject } from './run-project.ts';
import type { TestDatabase } from './server.ts';
import { servers } from './server.ts';

export interface CrashSuite {
  readonly rebuilds: number;
  readonly kills: number;
  readonly minutes: number;
}

/** Readers over rebuilds, and kills at random moments: light with every run, heavy in `npm run soak`. */
export function crashSuite({ rebuilds, kills, minutes }: CrashSuite): void {
  const timeout = minutes * 60_000;
  describe.each(servers)('readers and crashes on $name', (server) => {
    let database: TestDatabase;
    beforeEach(async () => {
      database = await server.database();
      await prepareRebuilds(database);
    });

    it('shows readers nothing between two versions', { timeout }, async () => {
      const { reads, problems } = await watched(database, async () => {
        for (let version = 1; version <= rebuilds; version += 1) {
          const shape = version % 2 === 0 ? 'table' : 'view';
          const report = await runProject(database, rebuiltProject(version, shape), {
            fullRefresh: version % 3 === 0,
            publishWaitMs: 20_000,
          });
          expect(report.diagnostics).toEqual([]);
        }
      });
      expect(problems).toEqual([]);
      expect(reads).toBeGreaterThan(rebuilds);
    });

    it('leaves old or new after a kill, and the next run cleans up', { timeout }, async () => {
      for (let version = 1; version <= kills; version += 1) {
        const end = await killedRun(database, rebuiltProject(version), 300 + Math.random() * 700);
        expect(end).not.toBe('failed');
        for (const name of REBUILT) expect(await stateOf(database.query, name)).toBe('whole');
      }
      const report = await runProject(database, rebuiltProject(kills + 1), { wait: true });
      expect(report.exitCode).toBe(0);
      expect(await database.relations()).toEqual(['grown', 'numbers', 'plain', 'turning']);
    });
  });
}
