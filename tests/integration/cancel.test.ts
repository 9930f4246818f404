import { beforeEach, describe, expect, it } from 'vitest';
import { runProject } from '../support/run-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

const SLOW = 'select n + sleep(30) as id from numbers';

describe.each(servers)('stopping a run on $name', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await server.database();
    await database.query('CREATE TABLE numbers (n INT)');
    await database.query('INSERT INTO numbers VALUES (1), (2)');
  });

  it('ends running statements, leaves nothing and still sums up', async () => {
    const stop = new AbortController();
    const start = performance.now();
    const report = await runProject(
      database,
      {
        models: {
          slow: SLOW,
          grows: { sql: SLOW, config: { materialized: 'incremental', unique_key: 'id' } },
          below: 'select * from {{ref "slow"}}',
        },
        tests: { checked: 'select * from {{ref "slow"}}' },
      },
      {
        signal: stop.signal,
        onStatement: ({ sql }) => {
          if (sql.startsWith('insert')) setTimeout(() => stop.abort(), 100);
        },
      },
    );
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(report.statuses).toEqual({
      slow: 'cancelled',
      grows: 'cancelled',
      below: 'cancelled',
      checked: 'cancelled',
    });
    expect(report).toMatchObject({ status: 'cancelled', exitCode: 130 });
    expect(report.events.at(-1)).toMatchObject({
      type: 'runFinished',
      status: 'cancelled',
      left: 3,
    });
    expect(await database.relations()).toEqual(['numbers']);
  });

  it('stops at the first failure when asked', async () => {
    const report = await runProject(
      database,
      {
        models: {
          broken: 'select nope as id',
          slow: SLOW,
          below: 'select * from {{ref "slow"}}',
        },
      },
      { failFast: true, threads: 2 },
    );
    expect(report.statuses).toEqual({ broken: 'error', slow: 'cancelled', below: 'skipped' });
    expect(report).toMatchObject({ status: 'failed', exitCode: 1 });
    expect(await database.relations()).toEqual(['numbers']);
  });
});
