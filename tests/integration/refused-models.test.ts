import { describe, expect, test } from 'vitest';
import { serverProject } from '../support/server-project.ts';
import { servers } from '../support/server.ts';

describe.each(servers)('on $name', (server) => {
  test('a contract that the query does not keep stops the model before it is built', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'models/orders.sql': `select 1 as id, 'x' as total, 2 as extra`,
      'models/_models.yml': `models:
  - name: orders
    config: { materialized: table, contract: { enforced: true } }
    columns: [{ name: id, data_type: int }, { name: total, data_type: "decimal(10,2)" }, { name: paid_at, data_type: datetime }]
`,
    });

    const built = await run('build');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('error[CX4021]');
    expect(built.stderr).toMatch(
      /`total` is declared `decimal\(10,2\)` but the query gives `varchar/,
    );
    expect(built.stderr).toContain('`paid_at` is declared but the query does not return it');
    expect(built.stderr).toContain('the query returns `extra`, which is not declared');
    expect(await database.relations()).toEqual([]);
  });

  test('a contract that is kept decides the types of the table', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'models/orders.sql': `select 1 as id, 2.5 as total`,
      'models/_models.yml': `models:
  - name: orders
    config: { materialized: table, contract: { enforced: true } }
    columns:
      - { name: id, data_type: bigint, constraints: [{ type: not_null }] }
      - { name: total, data_type: "decimal(10,2)" }
`,
    });

    expect(await run('build')).toMatchObject({ exitCode: 0 });

    const columns = await database.query('show columns from orders');
    expect(columns).toMatchObject([
      { Type: expect.stringMatching(/^bigint/), Null: 'NO' },
      { Type: 'decimal(10,2)', Null: 'YES' },
    ]);
  });

  test('a key that no index can hold names the column and the way out', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'models/events.sql': `{{config materialized="incremental" unique_key="body"}}\nselect cast('x' as char(70000)) as body`,
    });

    const built = await run('build');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('error[CX4022]');
    expect(built.stderr).toContain('column_types: { body: varchar(255) }');
    expect(await database.relations()).toEqual([]);
  });

  test('a merge without a key is refused', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'models/events.sql': `{{config materialized="incremental" incremental_strategy="merge"}}\nselect 1 as id`,
    });

    const built = await run('build');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('error[CX4026]');
  });

  test('a snapshot is refused, unit tests are passed over aloud', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'models/orders.sql': 'select 1 as id',
      'models/_models.yml': `unit_tests:
  - name: one_row
    model: orders
    given: []
    expect: { rows: [{ id: 1 }] }
`,
      'snapshots/orders_history.sql': `{{config unique_key="id" strategy="check" check_cols="all"}}\nselect * from {{ref "orders"}}`,
    });

    const built = await run('build');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('error[CX4011]');
    expect(built.stderr).toContain('`orders_history` is a snapshot, which is not built yet');
    expect(built.stderr).toContain('warning[CX4012]');
    expect(await database.relations()).toEqual(['orders']);
  });
});
