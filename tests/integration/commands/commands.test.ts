import { describe, expect, test } from 'vitest';
import { serverProject } from '../../support/server-project.ts';
import { servers } from '../../support/server.ts';

const ORDERS = {
  'seeds/raw_orders.csv': 'id,customer\n1,Ana\n2,Bia\n3,Ana\n',
  'models/orders.sql': "select id, customer from {{ref 'raw_orders'}}\n",
  'models/customers.sql':
    "select customer, count(*) as orders from {{ref 'orders'}} group by customer\n",
  'models/models.yml': `
models:
  - name: customers
    config: { materialized: table }
    columns: [{ name: customer, data_tests: [unique, not_null] }]
`,
};

/** Durations, addresses and versions differ from run to run. */
function steady(text: string): string {
  return text
    .replaceAll(/\[ *[\d.]+s\]/g, '[duration]')
    .replaceAll(/ in [\d.]+s/g, ' in <duration>')
    .replaceAll(
      /(Cortex) \S+ {2}target test {2}\S+ \S+ on \S+/g,
      '$1 <version>  target test  <server>',
    );
}

describe.each(servers)('$name', (server) => {
  test('build loads, builds, tests and publishes, and leaves its artifacts', async () => {
    const database = await server.database();
    const { run, directory } = serverProject(database, ORDERS);

    const { exitCode, stdout, stderr } = await run('build', '--threads', '1');

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(steady(stderr)).toMatchInlineSnapshot(`
      "    Cortex <version>  target test  <server>  1 thread
          Parsed [duration] 2 models, 2 tests, 1 seed
        Selected 3 nodes, 2 tests

          Loaded [-------] 1/3  seed         raw_orders          3 rows
         Created [-------] 2/3  view         orders
         Created [-------] 3/3  table        customers           2 rows                     2/2 tests

           seeds  1 done (1)
          models  2 done (2)
           tests  2 passed (2)
        Finished  build of 3 nodes on test in <duration>
      "
    `);
    expect(await database.relations()).toEqual(['customers', 'orders', 'raw_orders']);
    const results = JSON.parse(directory.read('target/run_results.json')) as {
      results: { unique_id: string; status: string }[];
    };
    expect(
      results.results
        .map(({ unique_id: id, status }) => `${id.split('.')[2]} ${status}`)
        .toSorted(),
    ).toEqual([
      'customers success',
      'not_null_customers_customer pass',
      'orders success',
      'raw_orders success',
      'unique_customers_customer pass',
    ]);
    expect(directory.read('target/compiled/shop/models/customers.sql')).toContain(
      `\`${database.name}\`.\`orders\``,
    );
  });

  test('a failing test ends in exit code 1, and show --failures lists its rows', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      ...ORDERS,
      'models/customers.sql': "select customer, 1 as orders from {{ref 'orders'}}\n",
    });

    const built = await run('build', '--select', '+customers');
    const shown = await run('show', '--failures', 'unique_customers_customer', '--output', 'json');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('error[CX6001] test-failed');
    expect(await database.relations()).not.toContain('customers');
    expect(shown.exitCode).toBe(0);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      node: 'unique_customers_customer',
      show: [{ n_records: '2' }],
    });
  });

  test('show prints rows of nodes and of inline queries, and says where a query is wrong', async () => {
    const database = await server.database();
    const { run } = serverProject(database, ORDERS);
    await run('seed', '--quiet');

    const inline = await run(
      'show',
      '--inline',
      "select customer, count(*) as n from {{ref 'raw_orders'}} group by 1",
    );
    const limited = await run('show', 'raw_orders', '--limit', '1', '--json');
    const wrong = await run('show', '--inline', "select custmer from {{ref 'raw_orders'}}");

    expect(inline.stdout).toBe('customer  n\n--------  -\nAna       2\nBia       1\n');
    expect(JSON.parse(limited.stdout)).toEqual({
      node: 'raw_orders',
      show: [{ id: '1', customer: 'Ana' }],
    });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain(' --> <inline>:1:8\n');
  });

  test('compile writes SQL files and prints an inline query', async () => {
    const database = await server.database();
    const { run, directory } = serverProject(database, ORDERS);

    const inline = await run('compile', '--inline', "select 1 from {{ref 'orders'}}");
    const selected = await run('compile', '--select', 'orders', '--output', 'json');

    expect(inline.stdout).toBe(`select 1 from \`${database.name}\`.\`orders\`\n`);
    expect(JSON.parse(selected.stdout)).toMatchObject({ node: 'model.shop.orders' });
    expect(directory.read('target/compiled/shop/models/orders.sql')).toContain('raw_orders');
  });

  test('run-operation sends the statements of a macro or of --sql', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'macros/add_note.sql': 'insert into notes values ({{literal text}})\n',
      'macros/macros.yml':
        'macros: [{ name: add_note, arguments: [{ name: text, type: string }] }]\n',
    });

    const made = await run(
      'run-operation',
      '--sql',
      'create table notes (t text); insert into notes values (1)',
    );
    const added = await run('run-operation', 'add_note', '--args', '{ text: "it\'s" }');

    const refused = await run('run-operation', 'add_note', '--args', '{ txt: x }');

    expect([made.exitCode, added.exitCode]).toEqual([0, 0]);
    expect(refused.stderr).toContain('error[CX2021] macro-argument-unknown');
    expect(await database.query('select t from notes')).toEqual([{ t: '1' }, { t: "it's" }]);
  });

  test('source freshness measures the newest row and fails when it is too old', async () => {
    const database = await server.database();
    await database.query('create table events (at datetime)');
    await database.query('insert into events values (utc_timestamp() - interval 3 hour)');
    const source = (limit: string) => ({
      'models/sources.yml': `
sources:
  - name: raw
    schema: ${database.name}
    database: ${database.name}
    freshness: { warn_after: { count: 1, period: hour }, error_after: { count: ${limit}, period: hour } }
    loaded_at_field: at
    tables: [{ name: events }]
`,
    });

    const late = await serverProject(database, source('4')).run('source', 'freshness');
    const stale = serverProject(database, source('2'));
    const failed = await stale.run('source', 'freshness');

    expect([late.exitCode, failed.exitCode]).toEqual([0, 1]);
    expect(late.stderr).toContain('warning[CX6010] source-stale');
    expect(failed.stderr).toContain('error[CX6010] source-stale');
    expect(JSON.parse(stale.directory.read('target/sources.json'))).toMatchObject({
      results: [{ unique_id: 'source.shop.raw.events', status: 'error' }],
    });
  });

  test('a source without a time of loading is a runtime error', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'models/sources.yml':
        'sources: [{ name: raw, freshness: { warn_after: { count: 1, period: hour } }, tables: [{ name: events }] }]\n',
    });

    const { exitCode, stderr } = await run('source', 'freshness');

    expect(exitCode).toBe(1);
    expect(stderr).toContain('error[CX6011] loaded-at-missing');
  });

  test('sync lands the files of a connector', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'cortex_project.yml':
        'connectors: { files: { streams: { events: { path: data/*.csv } } } }\n',
      'data/a.csv': 'id\n1\n2\n',
    });

    const { exitCode, stderr } = await run('sync', 'files');

    expect(exitCode).toBe(0);
    expect(steady(stderr)).toMatchInlineSnapshot(`
      "    Cortex <version>  target test  <server>  1 thread

          Synced [-------] 1/1  stream       files.events  2 rows
          Landed [duration] 2 loaded from files

         streams  1 done (1)
        Finished  sync of 1 stream on test in <duration>
      "
    `);
    expect(await database.query('select count(*) as n from events')).toEqual([{ n: '2' }]);
  });

  test('debug checks the target step by step', async () => {
    const database = await server.database();

    const { exitCode, stderr } = await serverProject(database, ORDERS).run('debug');
    const json = await serverProject(database, ORDERS).run('debug', '--connection', '--json');

    expect(exitCode).toBe(0);
    expect(stderr).toContain('      Fine target: test (mysql, database ');
    expect(stderr).toContain('everything that a build needs is there');
    expect(json.stdout.split('\n')[0]).toContain('"name":"target"');
  });
});
