import { beforeEach, describe, expect, it } from 'vitest';
import { fixture } from '../support/fixture.ts';
import { runProject } from '../support/run-project.ts';
import type { RunRequest } from '../support/run-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

interface FlowCase {
  readonly name: string;
  readonly relation: 'table' | 'view';
  readonly full_refresh: boolean;
  readonly config_full_refresh?: boolean;
  readonly materialized?: string;
  readonly is_incremental: boolean;
  readonly action: string;
}

const { flow: FLOW } = fixture<{ flow: readonly FlowCase[] }>('incremental');

describe.each(servers)('incremental models on $name', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await server.database();
    await database.query('CREATE TABLE events (id INT PRIMARY KEY, amount INT NOT NULL)');
    await database.query('INSERT INTO events VALUES (1, 10), (2, 20)');
  });

  const run = async (request?: RunRequest, limit = 1000) =>
    runProject(
      database,
      {
        models: {
          totals: {
            sql: 'select id, amount from events{{#if (is_incremental)}} where id >= (select max(id) from {{this}}){{/if}}',
            config: { materialized: 'incremental', unique_key: 'id' },
          },
        },
        tests: {
          small: {
            sql: `select * from {{ref "totals"}} where amount > ${limit}`,
            config: { store_failures: true },
          },
        },
      },
      request,
    );
  const amounts = async () =>
    (await database.query('SELECT amount FROM totals ORDER BY id')).map((row) =>
      Number(row['amount']),
    );

  it.each(['each', 'all'] as const)('adds and updates rows, publishing %s', async (publish) => {
    await run({ publish });
    await database.query('UPDATE events SET amount = 25 WHERE id = 2');
    await database.query('UPDATE events SET amount = 15 WHERE id = 1');
    await database.query('INSERT INTO events VALUES (3, 30)');
    expect((await run({ publish })).statuses).toEqual({ totals: 'success', small: 'pass' });
    expect(await amounts()).toEqual([10, 25, 30]);
    expect(await database.relations()).toEqual(['events', 'totals']);
  });

  it.each(['each', 'all'] as const)(
    'leaves the table as it was when a test fails, publishing %s',
    async (publish) => {
      await run({ publish });
      await database.query('INSERT INTO events VALUES (3, 5000)');
      const failed = await run({ publish });
      expect(failed.statuses).toEqual({ totals: 'success', small: 'fail' });
      expect(await amounts()).toEqual([10, 20]);
      const stored = await database.query('SELECT amount FROM small_failures');
      expect(stored.map((row) => Number(row['amount']))).toEqual([5000]);
    },
  );

  it('shows readers the old rows until a full refresh is published', async () => {
    await run();
    await database.query('DELETE FROM events WHERE id = 1');
    const failed = await run({ fullRefresh: true }, 1);
    expect(failed.statuses).toEqual({ totals: 'success', small: 'fail' });
    expect(await amounts()).toEqual([10, 20]);
    expect((await run({ fullRefresh: true })).exitCode).toBe(0);
    expect(await amounts()).toEqual([20]);
  });

  it.each(['delete+insert', 'merge'] as const)(
    'takes rows out by tombstones, and stores no column for them (%s)',
    async (incremental_strategy) => {
      const config = {
        materialized: 'incremental',
        unique_key: 'id',
        incremental_strategy,
        tombstone_column: 'is_gone',
      } as const;
      const sql =
        'select id, amount{{#if (is_incremental)}}, amount < 0 as is_gone{{/if}} from events where amount is not null';
      await runProject(database, { models: { totals: { sql, config } } });
      await database.query('UPDATE events SET amount = -1 WHERE id = 1');
      await database.query('INSERT INTO events VALUES (3, 30), (4, -5)');

      await runProject(database, { models: { totals: { sql, config } } });

      expect(await amounts()).toEqual([20, 30]);
      const columns = await database.query('SHOW COLUMNS FROM totals');
      expect(columns.map((column) => column['Field'])).toEqual(['id', 'amount']);
    },
  );

  it.each(FLOW)('$name: $action', async (example) => {
    await database.query(`CREATE ${example.relation} flowing AS SELECT 'older' AS which`);
    const config = {
      materialized: example.materialized ?? 'incremental',
      incremental_strategy: 'append',
      ...(example.config_full_refresh === undefined
        ? {}
        : { full_refresh: example.config_full_refresh }),
    } as const;
    const sql = "select {{#if (is_incremental)}}'added'{{else}}'built'{{/if}} as which";

    const report = await runProject(
      database,
      { models: { flowing: { sql, config } } },
      { fullRefresh: example.full_refresh },
    );

    expect(report.statuses).toEqual({ flowing: 'success' });
    const rows = await database.query('SELECT which FROM flowing ORDER BY which');
    expect(rows.map((row) => row['which'])).toEqual(
      example.is_incremental ? ['added', 'older'] : ['built'],
    );
    const [kind] = await database.query(
      "SELECT table_type AS kind FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'flowing'",
    );
    expect(kind).toEqual({ kind: 'BASE TABLE' });
  });
});
