import { beforeEach, describe, expect, it } from 'vitest';
import type { ManifestNode } from '../../cli/manifest/node.ts';
import { modelNode } from '../support/model-node.ts';
import { runProject } from '../support/run-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

function operation(when: 'on-run-start' | 'on-run-end', rawCode: string): ManifestNode {
  const id = `operation.shop.${when}`;
  return { ...modelNode(when), id, resourceType: 'operation', when, index: 0, rawCode };
}

function exposure(): ManifestNode {
  return {
    ...modelNode('board'),
    id: 'exposure.shop.board',
    resourceType: 'exposure',
    exposureType: 'dashboard',
    owner: { name: 'ana' },
    dependsOn: ['model.shop.orders'],
  } as unknown as ManifestNode;
}

function unitTest(): ManifestNode {
  return {
    ...modelNode('adds_up'),
    id: 'unit_test.shop.orders.adds_up',
    resourceType: 'unit_test',
    model: 'orders',
    given: [],
    expect: { rows: [], format: 'dict' },
    overrides: {},
    dependsOn: ['model.shop.orders'],
  } as unknown as ManifestNode;
}

describe.each(servers)('what stands around models on $name', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await server.database();
    await database.query('CREATE TABLE log (what VARCHAR(20))');
  });
  const logged = async () =>
    (await database.query('SELECT what FROM log')).map((row) => row['what']);

  it('runs the hooks of the project around everything', async () => {
    const report = await runProject(database, {
      models: { orders: 'select count(*) as id from log' },
      nodes: [
        operation('on-run-start', "insert into log values ('start')"),
        operation('on-run-end', "insert into log select concat('end ', id) from orders"),
      ],
    });

    expect(report.exitCode).toBe(0);
    expect(await logged()).toEqual(['start', 'end 1']);
  });

  it('runs tests of a node at once on idle threads, and reports them in their order', async () => {
    const finished: string[] = [];

    const report = await runProject(
      database,
      {
        models: { orders: 'select 1 as id', below: 'select id from {{ref "orders"}}' },
        tests: {
          slow: 'select id from {{ref "orders"}} where sleep(1) = 1',
          red: { sql: 'select id from {{ref "orders"}}', of: 'orders' },
          quick: 'select id from {{ref "orders"}} where id = 2',
        },
      },
      {
        threads: 2,
        onEvent: (event) => {
          if (event.type === 'testFinished') finished.push(event.node.name);
        },
      },
    );

    expect(report.statuses).toMatchObject({ slow: 'pass', red: 'fail', quick: 'pass' });
    expect(report.statuses).toMatchObject({ orders: 'success', below: 'skipped' });
    expect(finished).toEqual(['slow', 'red', 'quick']);
    const of = (name: string) => report.results.find(({ id }) => id.endsWith(`.${name}`));
    expect(of('quick')?.thread).not.toBe(of('slow')?.thread);
    expect(of('quick')?.finishedAt).toBeLessThan(of('slow')?.finishedAt ?? 0);
    expect(await database.relations()).not.toContain('orders');
  });

  it('builds nothing when a hook at the start fails', async () => {
    const report = await runProject(database, {
      models: { orders: 'select 1 as id' },
      nodes: [operation('on-run-start', 'insert into nowhere values (1)')],
    });

    expect(report.statuses).toEqual({ orders: 'skipped' });
    expect(report.exitCode).toBe(1);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(['CX5105']);
    expect(await database.relations()).toEqual(['log']);
  });

  it('does not count exposures among what is built', async () => {
    const { events, results } = await runProject(database, {
      models: { orders: 'select 1 as id', other: 'select 1 as id' },
      nodes: [exposure()],
    });

    const built = events.flatMap((event) =>
      event.type === 'nodeFinished' && event.node.resourceType === 'model'
        ? [`${event.index}/${event.total}`]
        : [],
    );
    expect(built).toEqual(['1/2', '2/2']);
    expect(events.at(-1)).toMatchObject({ nodes: { success: 2 } });
    expect(results.find(({ id }) => id.startsWith('exposure.'))?.status).toBe('no-op');
  });

  it('says that unit tests are not run, and that a materialisation is unknown', async () => {
    const report = await runProject(database, {
      models: {
        orders: 'select 1 as id',
        odd: { sql: 'select 1 as id', config: { materialized: 'tabel' } },
      },
      nodes: [unitTest()],
    });

    expect(report.diagnostics).toMatchObject([
      { code: 'CX4012', message: '1 unit test is not run' },
      { code: 'CX4011', hint: 'did you mean `table`?' },
    ]);
    expect(report.statuses).toMatchObject({ orders: 'success', odd: 'error' });
  });

  it('grants what a model asks for, and the swap keeps it', async () => {
    const user = `reader_${database.name.slice(-8)}`;
    await database.query(`CREATE USER '${user}'@'%'`);
    const model = {
      sql: 'select 1 as id',
      config: { materialized: 'table', grants: { select: [user] } },
    };
    for (let run = 0; run < 2; run += 1) {
      expect((await runProject(database, { models: { orders: model } })).exitCode).toBe(0);
    }

    const grants = await database.query(`SHOW GRANTS FOR '${user}'@'%'`);
    await database.query(`DROP USER '${user}'@'%'`);
    const texts = grants.map((row) => String(Object.values(row)[0]));
    expect(texts).toContain(`GRANT SELECT ON \`${database.name}\`.\`orders\` TO \`${user}\`@\`%\``);
  });

  it.each(['table', 'view'])('keeps failing rows as a %s until the test passes', async (as) => {
    const version = (id: number) => ({
      models: { orders: `select ${id} as id` },
      tests: {
        small: {
          sql: 'select * from {{ref "orders"}} where id > 1',
          config: { store_failures_as: as as 'table' | 'view', severity: 'warn' as const },
        },
      },
    });
    await runProject(database, version(2));
    expect(await database.query('SELECT * FROM small_failures')).toHaveLength(1);

    await runProject(database, version(1));
    expect(await database.relations()).toEqual(['log', 'orders']);
  });

  it('compares the numbers of a table as they are, so that an index answers', async () => {
    const { statements } = await runProject(database, {
      models: { orders: { sql: "select 1 as id, 'a' as name", config: { materialized: 'table' } } },
      nodes: [unique('id'), unique('name')],
    });

    const grouped = statements.flatMap((sql) => /group by (.*)/.exec(sql)?.[1] ?? []);
    expect(grouped).toContain('`id`');
    expect(grouped).not.toContain('`name`');
  });
});

function unique(column: string): ManifestNode {
  return {
    ...modelNode(`unique_${column}`),
    id: `test.shop.unique_${column}`,
    resourceType: 'test',
    kind: 'generic',
    testName: 'unique',
    testArguments: { column_name: column },
    columnName: column,
    attachedNode: 'model.shop.orders',
    dependsOn: ['model.shop.orders'],
    refs: [],
    sources: [],
    rawCode: '',
    alias: `unique_${column}`,
    span: { file: 'models/shop.yml', start: 0, end: 1 },
  } as unknown as ManifestNode;
}
