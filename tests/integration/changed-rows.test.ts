import { beforeEach, describe, expect, it } from 'vitest';
import type { NodeConfig } from '../../cli/manifest/node-config.ts';
import type { TestNode } from '../../cli/manifest/node.ts';
import { sqlModel, testNode } from '../support/compile-context.ts';
import type { RunRequest } from '../support/run-project.ts';
import { runProject } from '../support/run-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

const SQL = `select id, customer, amount{{#if (is_incremental)}}, is_gone{{/if}} from events
  {{#if (is_incremental)}}where is_new = 1{{else}}where is_gone = 0{{/if}}`;

/** Whether rows of before are looked at is seen by breaking one of them behind Cortex's back. */
describe.each(servers)('data tests of an incremental model on $name', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await server.database();
    await database.query(
      'CREATE TABLE events (id INT PRIMARY KEY, customer INT, amount INT NOT NULL, is_new INT NOT NULL, is_gone INT NOT NULL)',
    );
    await database.query(
      'INSERT INTO events VALUES (1, 10, 5, 0, 0), (2, 20, 5, 0, 0), (3, 30, 5, 1, 0)',
    );
  });

  interface Project {
    readonly config?: NodeConfig;
    readonly maximum?: number;
    readonly perCustomer?: string;
  }

  const run = async (
    { config = {}, maximum = 100, perCustomer }: Project = {},
    request?: RunRequest,
  ) => {
    const settings: NodeConfig = {
      materialized: 'incremental',
      unique_key: 'id',
      incremental_strategy: 'delete+insert',
      tombstone_column: 'is_gone',
      indexes: [{ columns: ['customer'] }],
      ...config,
    };
    const tested = {
      ...sqlModel('totals', SQL),
      relation: { database: database.name, name: 'totals' },
    };
    const generic = (name: string, testArguments: Record<string, unknown>): TestNode => ({
      ...testNode(name, { tested, testArguments }),
      relation: { database: database.name, name: `${name}_failures` },
      dependsOn: [tested.id],
    });
    return runProject(
      database,
      {
        models: { totals: { sql: SQL, config: settings } },
        tests:
          perCustomer === undefined ? {} : { per_customer: { sql: perCustomer, of: 'totals' } },
        nodes: [
          generic('accepted_range', { column_name: 'amount', max_value: maximum }),
          generic('not_null', { column_name: 'amount' }),
          generic('unique', { column_name: 'customer' }),
        ],
      },
      request,
    );
  };
  const breakOldRow = async () => database.query('UPDATE totals SET amount = 1000 WHERE id = 1');
  const repeatOldCustomer = async () => database.query('INSERT INTO totals VALUES (99, 20, 5)');
  const GOOD = { totals: 'success', accepted_range: 'pass', not_null: 'pass', unique: 'pass' };

  it('look at the rows that came, once they have passed on all', async () => {
    expect((await run()).statuses).toEqual(GOOD);
    await breakOldRow();
    await repeatOldCustomer();

    expect((await run()).statuses).toEqual(GOOD);

    expect((await run({}, { command: 'test' })).statuses).toMatchObject({
      accepted_range: 'fail',
      unique: 'fail',
    });
  });

  it('find a row that came and breaks a rule, and one that repeats a key of before', async () => {
    await run();
    await database.query('UPDATE events SET amount = 500 WHERE id = 3');
    await database.query('INSERT INTO events VALUES (4, 20, 5, 1, 0)');

    const { statuses } = await run();

    expect(statuses).toEqual({ ...GOOD, accepted_range: 'fail', unique: 'fail' });
    const ids = await database.query('SELECT id, amount FROM totals ORDER BY id');
    expect(ids.map(({ id, amount }) => [Number(id), Number(amount)])).toEqual([
      [1, 5],
      [2, 5],
      [3, 5],
    ]);
  });

  it('take no row that says that its key is gone for one that came', async () => {
    await run();
    await database.query('UPDATE events SET amount = 500, is_gone = 1 WHERE id = 3');

    expect((await run()).statuses).toEqual(GOOD);
    expect(await database.query('SELECT id FROM totals WHERE id = 3')).toEqual([]);
  });

  it.each([
    ['the test is another', { maximum: 101 }, {}],
    ['rows came by a run without tests', {}, { command: 'run' }],
    ['rows came with a failing test left out', {}, { select: ['totals', 'unique'] }],
    [
      'the table was made by another materialisation',
      { config: { materialized: 'table' } },
      { command: 'run' },
    ],
  ] as const)('look at all rows where %s', async (_, project, request) => {
    await run();
    await run(project, request);
    await breakOldRow();

    const { statuses } = await run('maximum' in project ? { maximum: 102 } : {});

    expect(statuses).toMatchObject({ accepted_range: 'fail' });
  });

  it.each([
    ['hooks of the project change rows', { config: { post_hook: [{ sql: 'select 1' }] } }],
    [
      'a merge writes some columns',
      {
        config: {
          incremental_strategy: 'merge',
          tombstone_column: undefined,
          merge_update_columns: ['amount'],
        },
      },
    ],
  ] as const)('look at all rows where %s', async (_, project) => {
    await run(project as Project);
    await breakOldRow();

    expect((await run(project as Project)).statuses).toMatchObject({ accepted_range: 'fail' });
  });

  it('look at all rows until they have passed', async () => {
    await run();
    await breakOldRow();
    expect((await run({ maximum: 101 })).statuses).toMatchObject({ accepted_range: 'fail' });
    expect((await run({ maximum: 101 })).statuses).toMatchObject({ accepted_range: 'fail' });
    await database.query('UPDATE totals SET amount = 5 WHERE id = 1');
    expect((await run({ maximum: 101 })).statuses).toEqual(GOOD);
    await breakOldRow();
    expect((await run({ maximum: 101 })).statuses).toEqual(GOOD);
  });

  it('that are written keep to the keys that changed where they say so', async () => {
    const project = {
      perCustomer:
        'select customer from {{changed_rows (ref "totals") "customer"}} as changed group by customer having sum(amount) > 100',
    };
    expect((await run(project)).statuses).toEqual({ ...GOOD, per_customer: 'pass' });
    await database.query('UPDATE totals SET amount = 99 WHERE id in (1, 2)');
    await database.query('UPDATE totals SET amount = 101 WHERE id = 1');
    await database.query('INSERT INTO events VALUES (4, 40, 5, 1, 0)');
    expect((await run(project)).statuses).toEqual({ ...GOOD, per_customer: 'pass' });

    // A row of a customer who had 99 before.
    await database.query('ALTER TABLE totals DROP INDEX ix_customer');
    await database.query('UPDATE events SET is_new = 0');
    await database.query('INSERT INTO events VALUES (5, 20, 5, 1, 0)');
    const { statuses } = await run(project);

    expect(statuses).toEqual({ ...GOOD, unique: 'fail', per_customer: 'fail' });
  });
});
