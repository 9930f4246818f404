import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { runLockName } from '../../cli/warehouse/run-lock-name.ts';
import { cutTarget } from '../support/cutting-proxy.ts';
import type { RunReport } from '../support/run-project.ts';
import { runProject } from '../support/run-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

const reasonsOf = ({ events }: RunReport) =>
  events.flatMap((event) => (event.type === 'waiting' ? [event.reason] : []));

const table = (value: number) => ({ models: { orders: `select ${value} as id` } });
const grown = (value: number) => ({
  models: {
    grown: {
      sql: `select n, ${value} as v from numbers`,
      config: { materialized: 'incremental', unique_key: 'n' },
    },
  },
});

describe.each(servers)('a passing failure on $name', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await server.database();
    await database.query('CREATE TABLE numbers (n INT PRIMARY KEY)');
    const values = Array.from({ length: 500 }, (_, n) => `(${n + 1})`).join(',');
    await database.query(`INSERT INTO numbers VALUES ${values}`);
  });

  const valuesOf = async (sql: string) =>
    (await database.query(sql)).map((row) => Number(Object.values(row)[0]));

  it('builds again when its session is killed', async () => {
    let killed = 0;
    const killBuilder = async (): Promise<void> => {
      for (let poll = 0; poll < 100 && killed === 0; poll += 1) {
        const threads = await database.query('SHOW FULL PROCESSLIST');
        const builder = threads.find(
          ({ db, Info: sql }) => db === database.name && /insert[^]*sleep/.test(String(sql)),
        );
        if (builder === undefined) await sleep(10);
        else {
          killed = Number(builder['Id']);
          await database.query(`KILL ${killed}`);
        }
      }
    };
    let killing: Promise<void> | undefined;

    const report = await runProject(
      database,
      { models: { slow: 'select n + sleep(0.6) as id from numbers where n <= 2' } },
      {
        onStatement: ({ sql }) => {
          if (sql.startsWith('insert')) killing ??= killBuilder();
        },
      },
    );
    await killing;

    expect(killed).toBeGreaterThan(0);
    expect(report.exitCode).toBe(0);
    expect(reasonsOf(report)).toEqual(['the connection was lost; trying again (2 of 3)']);
    expect(await database.relations()).toEqual(['numbers', 'slow']);
  });

  it.each([true, false])(
    'publishes whether or not the server received a RENAME without an answer (%s)',
    async (isDelivered) => {
      await runProject(database, table(1));
      const target = await cutTarget(database, { at: 'rename table', isDelivered });

      const report = await runProject({ name: database.name, target }, table(2));

      expect(report.diagnostics).toEqual([]);
      expect(await valuesOf('SELECT id FROM orders')).toEqual([2]);
      expect(await database.relations()).toEqual(['numbers', 'orders']);
    },
  );

  it.each([
    { isDelivered: true, status: 'success', value: 2 },
    { isDelivered: false, status: 'error', value: 1 },
  ])('knows how a COMMIT without an answer went: $status', async ({ isDelivered, ...expected }) => {
    await runProject(database, grown(1));
    const target = await cutTarget(database, { at: '*/ commit', isDelivered });

    const report = await runProject({ name: database.name, target }, grown(2));

    expect(report.statuses).toEqual({ grown: expected.status });
    expect(await valuesOf('SELECT DISTINCT v FROM grown')).toEqual([expected.value]);
    expect((await runProject(database, grown(3))).exitCode).toBe(0);
    expect(await valuesOf('SELECT DISTINCT v FROM grown')).toEqual([3]);
  });

  it('tries again when rows are locked for too long', async () => {
    await runProject(database, grown(1));
    const other = await database.open();
    await other.query('START TRANSACTION');
    await other.query('UPDATE grown SET v = 9 WHERE n = 1');

    const report = await runProject(database, grown(2), {
      onEvent: (event) => {
        if (event.type === 'waiting') void other.query('COMMIT');
      },
    });

    expect(reasonsOf(report)).toEqual(['another session holds a lock; trying again (2 of 3)']);
    expect(report.diagnostics).toEqual([]);
    expect(await valuesOf('SELECT DISTINCT v FROM grown')).toEqual([2]);
  });

  it('tries again when the server ends it to resolve a deadlock', async () => {
    await runProject(database, grown(1));
    const other = await database.open();
    await database.query('CREATE TABLE heavy AS SELECT n FROM numbers');
    await other.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await other.query('START TRANSACTION');
    await other.query('UPDATE heavy SET n = n + 1000');
    await other.query('UPDATE grown SET v = 9 WHERE n = 2');
    let crossing: Promise<unknown> | undefined;

    const report = await runProject(
      database,
      {
        models: {
          grown: { ...grown(2).models.grown, sql: 'select n, 2 as v from numbers where n <= 2' },
        },
      },
      {
        onStatement: ({ sql }) => {
          if (sql !== 'start transaction') return;
          crossing ??= sleep(500)
            .then(() => other.query('UPDATE grown SET v = 9 WHERE n = 1'))
            .then(() => other.query('COMMIT'));
        },
      },
    );
    await crossing;

    expect(reasonsOf(report)).toEqual([
      'the server ended it to resolve a deadlock; trying again (2 of 3)',
    ]);
    expect(report.exitCode).toBe(0);
    expect(await valuesOf('SELECT v FROM grown WHERE n <= 3 ORDER BY n')).toEqual([2, 2, 1]);
  });

  it('stops when the session that holds the run lock is lost', async () => {
    const report = await runProject(
      database,
      { models: { slow: 'select n + sleep(20) as id from numbers' } },
      {
        onEvent: (event) => {
          if (event.type !== 'nodeStarted') return;
          const lock = runLockName(database.name);
          void database
            .query(`SELECT IS_USED_LOCK('${lock}') AS thread`)
            .then(([row]) => database.query(`KILL ${String(row?.['thread'])}`));
        },
      },
    );

    expect(report.exitCode).toBe(1);
    expect(report.diagnostics.map(({ code }) => code)).toContain('CX4015');
    expect(await database.relations()).toEqual(['numbers']);
  });
});
