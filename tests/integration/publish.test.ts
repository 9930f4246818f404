import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SmallProject } from '../support/run-project.ts';
import { runProject } from '../support/run-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

describe.each(servers)('write, audit, publish on $name', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await server.database();
  });

  const run = async (project: SmallProject, request?: Parameters<typeof runProject>[2]) =>
    runProject(database, project, request);
  const rows = async (name: string) => database.query(`SELECT * FROM ${name} ORDER BY 1`);
  const kindOf = async (name: string) => {
    const [row] = await database.query(
      `SELECT table_type AS kind FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '${name}'`,
    );
    return String(row?.['kind']);
  };

  it('builds parents before children and leaves only published relations', async () => {
    const project = {
      models: {
        stg: { sql: 'select 1 as id', config: { materialized: 'view' } },
        orders: 'select id + 1 as id from {{ref "stg"}}',
      },
    };
    expect((await run(project)).statuses).toEqual({ stg: 'success', orders: 'success' });
    expect((await run(project)).exitCode).toBe(0);
    expect(await rows('orders')).toEqual([{ id: '2' }]);
    expect(await database.relations()).toEqual(['orders', 'stg']);
  });

  it.each(['table', 'view'])(
    'keeps the published %s when a test of the new version fails',
    async (materialized) => {
      const version = (value: number) => ({
        models: {
          orders: { sql: `select ${value} as id`, config: { materialized } },
          below: 'select * from {{ref "orders"}}',
        },
        tests: { small: 'select * from {{ref "orders"}} where id > 1' },
      });
      await run(version(1));
      const failed = await run(version(2));
      expect(failed.statuses).toEqual({ orders: 'success', below: 'skipped', small: 'fail' });
      expect(failed.exitCode).toBe(1);
      expect(Number((await rows('orders'))[0]?.['id'])).toBe(1);
      expect(Number((await rows('orders__cortex_new'))[0]?.['id'])).toBe(2);
      const result = failed.results.find(({ id }) => id.endsWith('orders'));
      expect(result?.message).toBe('not published: 1 test failed; see `orders__cortex_new`');
      expect((await run(version(0))).exitCode).toBe(0);
      expect(await database.relations()).toEqual(['below', 'orders']);
    },
  );

  it('publishes nothing of a new relation whose test fails', async () => {
    const failed = await run({
      models: { orders: 'select 2 as id' },
      tests: { small: 'select * from {{ref "orders"}}' },
    });
    expect(failed.statuses).toEqual({ orders: 'success', small: 'fail' });
    expect(await database.relations()).toEqual(['orders__cortex_new']);
    expect(failed.diagnostics[0]).toMatchObject({ code: 'CX6001', severity: 'error' });
  });

  it('publishes with a warning', async () => {
    const warned = await run({
      models: { orders: 'select 2 as id' },
      tests: { small: { sql: 'select * from {{ref "orders"}}', config: { severity: 'warn' } } },
    });
    expect(warned.statuses).toEqual({ orders: 'success', small: 'warn' });
    expect(warned.exitCode).toBe(0);
    expect(await database.relations()).toEqual(['orders']);
  });

  it('turns a table into a view and back', async () => {
    const as = (materialized: string) => ({
      models: { orders: { sql: 'select 1 as id', config: { materialized } } },
    });
    for (const [materialized, kind] of [
      ['table', 'BASE TABLE'],
      ['view', 'VIEW'],
      ['table', 'BASE TABLE'],
    ] as const) {
      expect((await run(as(materialized))).exitCode).toBe(0);
      expect(await kindOf('orders')).toBe(kind);
      expect(await database.relations()).toEqual(['orders']);
    }
  });

  it('never moves one half of a swap, however many are made at once', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `busy_${index}`);
    const project = { models: Object.fromEntries(names.map((name) => [name, 'select 1 as id'])) };
    await run(project);
    for (let round = 0; round < 3; round += 1) {
      const { statements } = await run(project);
      const renames = statements.filter((sql) => /rename table/.test(sql));
      expect(renames.filter((sql) => !sql.includes('__cortex_old'))).toEqual([]);
    }
    expect(await database.relations()).toEqual(names.toSorted());
  });

  it('publishes seeds the same way', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'cortex-seed-')), 'channels.csv');
    const project = {
      seeds: { channels: path },
      tests: { few: 'select * from {{ref "channels"}} where id > 2' },
    };
    writeFileSync(path, 'id,name\n1,web\n2,shop\n');
    expect((await run(project)).statuses).toEqual({ channels: 'success', few: 'pass' });
    writeFileSync(path, 'id,name\n3,app\n');
    expect((await run(project)).statuses).toEqual({ channels: 'success', few: 'fail' });
    expect((await rows('channels')).map((row) => row['name'])).toEqual(['web', 'shop']);
    await run({ seeds: project.seeds });
    expect((await rows('channels')).map((row) => row['name'])).toEqual(['app']);
  });

  it('warns of a number in a seed that may be misread, and loads it', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'cortex-seed-')), 'prices.csv');
    writeFileSync(path, 'id,price\n1,"1,250"\n');

    const report = await run({ seeds: { prices: path } });

    expect(report.statuses).toEqual({ prices: 'success' });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['CX7015']);
  });

  it('publishes first and tests afterwards where a node asks for it', async () => {
    const failed = await run({
      models: {
        orders: {
          sql: 'select 2 as id',
          config: { materialized: 'table', write_audit_publish: false },
        },
        below: 'select * from {{ref "orders"}}',
      },
      tests: { small: 'select * from {{ref "orders"}}' },
    });
    expect(failed.statuses).toEqual({ orders: 'success', below: 'skipped', small: 'fail' });
    expect(await database.relations()).toEqual(['orders']);
  });

  it('stores failing rows when asked', async () => {
    await run({
      models: { orders: 'select 2 as id union all select 0' },
      tests: {
        small: {
          sql: 'select * from {{ref "orders"}} where id > 1',
          config: { store_failures: true },
        },
      },
    });
    expect((await rows('small_failures')).map((row) => Number(row['id']))).toEqual([2]);
  });

  it.each([
    { about: 'by the flag', request: { storeFailures: true }, config: {} },
    { about: 'by `store_failures_as`', request: {}, config: { store_failures_as: 'table' } },
  ] as const)('makes the database that failing rows are kept in, asked $about', async (asked) => {
    const audit = `${database.name}_audit`;

    const report = await run(
      {
        models: { orders: 'select 2 as id' },
        tests: {
          small: {
            sql: 'select * from {{ref "orders"}}',
            config: { ...asked.config, schema: 'audit' },
          },
        },
      },
      asked.request,
    );

    expect(report.diagnostics.map(({ code }) => code)).toEqual(['CX6001']);
    expect(await rows(`${audit}.small_failures`)).toHaveLength(1);
    await database.query(`DROP DATABASE ${audit}`);
  });

  it('runs hooks before, on the new version, and after publishing', async () => {
    await database.query('CREATE TABLE log (n INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(90))');
    const note = (what: string) => `insert into log (what) select ${what}`;
    await run({
      models: {
        orders: {
          sql: 'select 1 as id',
          config: {
            materialized: 'table',
            pre_hook: [{ sql: note("'before'") }],
            post_hook: [
              { sql: note("concat('built ', count(*)) from {{this}}") },
              { sql: note("concat('after ', count(*)) from {{this}}"), transaction: false },
            ],
          },
        },
      },
    });
    expect((await rows('log')).map((row) => row['what'])).toEqual(['before', 'built 1', 'after 1']);
  });

  it('names the place of a refused statement and goes on with the rest', async () => {
    const failed = await run({
      models: {
        orders: 'select nope as id from {{ref "stg"}}',
        stg: 'select 1 as id',
        other: 'select 1 as id',
      },
    });
    expect(failed.statuses).toEqual({ stg: 'success', orders: 'error', other: 'success' });
    expect(failed.diagnostics[0]).toMatchObject({
      code: 'CX5101',
      node: 'model.shop.orders',
      labels: [{ span: { file: 'models/orders.sql', start: 7, end: 11 } }],
    });
    expect(await database.relations()).toEqual(['other', 'stg']);
  });

  describe('all at once', () => {
    const all = { publish: 'all' } as const;
    const project = (value: number, limit: number) => ({
      models: {
        stg: `select ${value} as id`,
        shown: { sql: 'select id from {{ref "stg"}}', config: { materialized: 'view' } },
        total: 'select sum(id) as id from {{ref "shown"}}',
      },
      tests: { small: `select * from {{ref "total"}} where id > ${limit}` },
    });

    it('publishes everything, views included', async () => {
      for (const value of [1, 2]) {
        expect((await run(project(value, 9), all)).exitCode).toBe(0);
        for (const name of ['stg', 'shown', 'total']) {
          expect(Number((await rows(name))[0]?.['id'])).toBe(value);
        }
      }
      expect(await database.relations()).toEqual(['shown', 'stg', 'total']);
    });

    it('publishes nothing when anything fails', async () => {
      await run(project(1, 9), all);
      const failed = await run(project(2, 1), all);
      expect(failed.statuses).toEqual({
        stg: 'skipped',
        shown: 'skipped',
        total: 'success',
        small: 'fail',
      });
      for (const name of ['stg', 'shown', 'total']) {
        expect(Number((await rows(name))[0]?.['id'])).toBe(1);
      }
    });

    it('replaces a view that needs a new column of its parent', async () => {
      await run(project(1, 9), all);
      const widened = project(1, 9);
      const models = {
        ...widened.models,
        stg: 'select 1 as id, 7 as extra',
        shown: { sql: 'select id, extra from {{ref "stg"}}', config: { materialized: 'view' } },
      };
      expect((await run({ ...widened, models }, all)).exitCode).toBe(0);
      expect(Number((await rows('shown'))[0]?.['extra'])).toBe(7);
      expect(await database.relations()).toEqual(['shown', 'stg', 'total']);
    });
  });
});
