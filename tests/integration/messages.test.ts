import { describe, expect, test } from 'vitest';
import { serverProject } from '../support/server-project.ts';
import type { TestServer } from '../support/server.ts';
import { servers } from '../support/server.ts';

const SEED = { 'seeds/raw_orders.csv': 'id,customer,total\n1,Ana,10\n2,Bia,0\n' };

/** The problems of a build of one model, without the words that servers choose. */
async function problemsOf(server: TestServer, files: Readonly<Record<string, string>>) {
  const database = await server.database();
  const { run } = serverProject(database, { ...SEED, ...files });
  const { exitCode, stderr } = await run('build', '--threads', '1');
  expect(exitCode).toBe(1);
  const start = stderr.indexOf('\nerror[');
  const end = stderr.search(/\n\n +(?:seeds|models)  /);
  return `${stderr.slice(start, end)}\n`
    .replaceAll(database.name, '<database>')
    .replaceAll(/ = server: .*/g, ' = server: <words>');
}

const orders = (sql: string) => ({ 'models/orders.sql': `${sql}\n` });

describe.each(servers)('$name', (server) => {
  test('a typo in a column, of a table that the same run made', async () => {
    const found = await problemsOf(server, orders("select id, custmer from {{ref 'raw_orders'}}"));

    expect(found).toMatchInlineSnapshot(`
      "
      error[CX5101] unknown-column: there is no column \`custmer\`
       --> models/orders.sql:1:12
        |
      1 | select id, custmer from {{ref 'raw_orders'}}
        |            ^^^^^^^ no such column here
        = server: <words>

      hint: did you mean \`customer\`?
      "
    `);
  });

  test('a missing comma', async () => {
    const found = await problemsOf(server, orders("select id total 2\nfrom {{ref 'raw_orders'}}"));

    expect(found).toMatchInlineSnapshot(`
      "
      error[CX5113] syntax-refused: the server cannot read the SQL from here on
       --> models/orders.sql:1:17
        |
      1 | select id total 2
        |                 ^
      2 | from {{ref 'raw_orders'}}
        = server: <words>

      hint: look at what stands just before: a comma, a bracket or a keyword too many or too few
      "
    `);
  });

  test('a column that GROUP BY lacks', async () => {
    const sql =
      "{{config materialized='table'}}\nselect customer, total, count(*) as n\nfrom {{ref 'raw_orders'}}\ngroup by customer";

    expect(await problemsOf(server, orders(sql))).toMatchInlineSnapshot(`
      "
      error[CX5112] not-grouped: \`raw_orders.total\` is neither grouped nor aggregated
       --> models/orders.sql:2:18
        |
      1 | {{config materialized='table'}}
      2 | select customer, total, count(*) as n
        |                  ^^^^^ add it to GROUP BY, or aggregate it
      3 | from {{ref 'raw_orders'}}
        = server: <words>

      hint: add it to GROUP BY, or wrap it in MAX, MIN or another aggregate
      "
    `);
  });

  test('a division by zero', async () => {
    const sql = "{{config materialized='table'}}\nselect 10 / total as y from {{ref 'raw_orders'}}";

    expect(await problemsOf(server, orders(sql))).toMatchInlineSnapshot(`
      "
      error[CX5111] division-by-zero: a division by zero
       --> models/orders.sql:1:1
        |
      1 | {{config materialized='table'}}
        | ^
      2 | select 10 / total as y from {{ref 'raw_orders'}}
        = server: <words>

      hint: divide by \`NULLIF(x, 0)\`
      "
    `);
  });

  test('a name that is too long', async () => {
    const sql = `select id as ${'x'.repeat(70)} from {{ref 'raw_orders'}}`;

    expect(await problemsOf(server, orders(sql))).toMatchInlineSnapshot(`
      "
      error[CX5116] identifier-too-long: the name \`xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\` has more than 64 characters
       --> models/orders.sql:1:14
        |
      1 | select id as xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx from {{ref 'raw_orders'}}
        |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ too long
        = server: <words>

      hint: give it a shorter alias with AS
      "
    `);
  });

  test('a typo in a table', async () => {
    const sql = "select id from {{ref 'raw_orders'}} join raw_ordrs using (id)";

    expect(await problemsOf(server, orders(sql))).toMatchInlineSnapshot(`
      "
      error[CX5105] unknown-table: the table \`raw_ordrs\` does not exist
       --> models/orders.sql:1:42
        |
      1 | select id from {{ref 'raw_orders'}} join raw_ordrs using (id)
        |                                          ^^^^^^^^^ no such table
        = server: <words>

      hint: did you mean \`raw_orders\`?
      "
    `);
  });

  test('a model that is shown before its parent is built', async () => {
    const model = orders("select id from {{ref 'raw_orders'}}");
    const { run } = serverProject(await server.database(), { ...SEED, ...model });

    const { stderr } = await run('show', 'orders');

    expect(stderr).toContain('--> models/orders.sql:1:16');
    expect(stderr).toContain('no such table');
    expect(stderr).toContain('hint: build or load it first, or correct its name');
  });

  test('a test of a column that is not there points at its declaration', async () => {
    const files = {
      ...orders("select id, customer from {{ref 'raw_orders'}}"),
      'models/_m.yml':
        'models:\n  - name: orders\n    columns:\n      - name: custmer\n        data_tests: [unique]\n',
    };

    expect(await problemsOf(server, files)).toMatchInlineSnapshot(`
      "
      error[CX5101] unknown-column: there is no column \`custmer\`
       --> models/_m.yml:5:22
        |
      4 |       - name: custmer
      5 |         data_tests: [unique]
        |                      ^^^^^^
        = server: <words>
        = \`orders\` was not published
        = the tested version is kept as \`orders__cortex_new\`

      hint: did you mean \`customer\`?
      "
    `);
  });

  test('a seed with a ragged row', async () => {
    const seed = { 'seeds/raw_orders.csv': 'id,customer\n1,Ana\n2\n' };

    expect(await problemsOf(server, seed)).toMatchInlineSnapshot(`
      "
      error[CX7004] ragged-row: \`seeds/raw_orders.csv\`, line 3 has 1 value for 2 columns
       --> seeds/raw_orders.csv:3:1
        |
      2 | 1,Ana
      3 | 2
        | ^

      hint: an empty value still needs its delimiter
      "
    `);
  });

  test('what fails later says that the published relation stays, and it stays', async () => {
    const database = await server.database();
    const { run, directory } = serverProject(database, {
      ...SEED,
      ...orders("{{config materialized='table'}}\nselect id, total from {{ref 'raw_orders'}}"),
    });
    await run('build');
    const before = await database.query('checksum table orders, raw_orders');
    directory.write('models/orders.sql', "select nothing from {{ref 'raw_orders'}}\n");
    directory.write('seeds/raw_orders.csv', 'id,total\n1,2,3\n');

    const failed = await run('build');
    const model = await run('run');

    expect([failed.exitCode, model.exitCode]).toEqual([1, 1]);
    expect(model.stderr).toContain('`orders` keeps its previous contents');
    expect(await database.query('checksum table orders, raw_orders')).toEqual(before);
    expect(await database.relations()).toEqual(['orders', 'raw_orders']);
  });

  test('a wrong password, a closed port and a missing privilege end in one message', async () => {
    const database = await server.database();
    const reader = `reader_${database.name.slice(-8)}`;
    await database.query(`create user '${reader}'@'%' identified by 'pw'`);
    await database.query(`grant select on \`${database.name}\`.* to '${reader}'@'%'`);
    const files = { ...SEED, ...orders("select id from {{ref 'raw_orders'}}") };
    const withTarget = (changes: object) =>
      serverProject({ ...database, target: { ...database.target, ...changes } }, files).run(
        'build',
      );

    const denied = await withTarget({ password: 'wrong' });
    const closed = await withTarget({ port: 1 });
    const readOnly = await withTarget({ user: reader, password: 'pw' });
    await database.query(`drop user '${reader}'@'%'`);

    expect(denied.stderr).toContain('error[CX5002]');
    expect(closed.stderr).toContain('error[CX5001]');
    expect(readOnly.stderr).toContain('error[CX5009]');
    for (const { exitCode, stderr } of [denied, closed, readOnly]) {
      expect(exitCode).toBe(2);
      expect(stderr.match(/error\[/g)).toHaveLength(1);
      expect(stderr).not.toMatch(/wrong\b.*password|CX9001/);
    }
    expect(await database.relations()).toEqual([]);
  });
});
