import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serverProject } from '../support/server-project.ts';
import { servers } from '../support/server.ts';

const ORDERS = `{{config materialized="table"}}
select cast(1 as signed) as order_id, 'ana' as buyer, cast('0.1' as decimal(20,2)) as amount
union all select 9007199254740993, 'bia', 12345678901234567.89
union all select 3, 'ana', null`;

const TOTALS = `import { model, ref } from 'cortex-analytics/model';
import { cents, type Cents } from './_money.ts';

interface Total {
  orders: number;
  total: Cents;
  last: bigint;
}

export default model({
  inputs: {
    orders: ref('orders', {
      columns: { buyer: 'text', order_id: 'bigint', amount: 'text?' },
      orderBy: ['order_id'],
    }),
  },
  vars: { least_orders: 'number' },
  columns: { buyer: 'varchar(20)', orders: 'int', total_cents: 'bigint', last_order: 'bigint' },
  config: { primary_key: 'buyer', tags: ['totals'] },
  async *rows({ inputs, vars }) {
    const totals = new Map<string, Total>();
    for await (const { buyer, order_id, amount } of inputs.orders) {
      const before = totals.get(buyer) ?? { orders: 0, total: 0n, last: 0n };
      totals.set(buyer, { orders: before.orders + 1, total: before.total + cents(amount), last: order_id });
    }
    for (const [buyer, { orders, total, last }] of totals) {
      if (orders >= vars.least_orders) yield { buyer, orders, total_cents: total, last_order: last };
    }
  },
});
`;

const MONEY = `export type Cents = bigint;

/** Whole cents of an amount with two decimals. */
export function cents(amount: string | null): Cents {
  return BigInt((amount ?? '0.00').replace('.', ''));
}
`;

const SHOP = {
  'cortex_project.yml': 'vars: { least_orders: 1 }\nmodels: { shop: { +materialized: view } }\n',
  'models/orders.sql': ORDERS,
  'models/totals.ts': TOTALS,
  'models/_money.ts': MONEY,
  'models/best.sql': 'select buyer from {{ref "totals"}} where orders > 1',
  'models/_models.yml': `models:
  - name: totals
    description: What each buyer spent.
    columns:
      - { name: buyer, description: Who bought., data_tests: [unique] }
      - { name: total_cents, data_tests: [{ accepted_range: { arguments: { min_value: 0 } } }] }
`,
};

describe.each(servers)('on $name', (server) => {
  test('a TypeScript model reads, is tested, published and read like any other', async () => {
    const database = await server.database();
    const { run } = serverProject(database, SHOP);

    const built = await run('build');

    expect(built.stderr).not.toContain('[CX');
    expect(built.exitCode).toBe(0);
    expect(await database.query('select * from totals order by buyer')).toEqual([
      { buyer: 'ana', orders: 2, total_cents: '10', last_order: '3' },
      expect.objectContaining({ buyer: 'bia', orders: 1 }),
    ]);
    expect(
      await database.query(
        `select cast(total_cents as char) as cents, cast(last_order as char) as last from totals where buyer = 'bia'`,
      ),
    ).toEqual([{ cents: '1234567890123456789', last: '9007199254740993' }]);
    expect(await database.query('select * from best')).toEqual([{ buyer: 'ana' }]);
    expect(await database.relations()).toEqual(
      expect.arrayContaining(['best', 'orders', 'totals']),
    );
  });

  test('what fails its tests is not published', async () => {
    const database = await server.database();
    const project = serverProject(database, SHOP);
    await project.run('build');
    const path = join(project.directory.path, 'models/_money.ts');
    writeFileSync(path, readFileSync(path, 'utf8').replace('return BigInt', 'return -BigInt'));

    const built = await project.run('build', '--select', 'tag:totals');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('accepted_range');
    expect(
      await database.query(`select count(*) as negative from totals where total_cents < 0`),
    ).toEqual([{ negative: '0' }]);
  });

  test('what code throws is reported at its line, and what stood stays', async () => {
    const database = await server.database();
    const project = serverProject(database, SHOP);
    await project.run('build');
    const path = join(project.directory.path, 'models/_money.ts');
    writeFileSync(path, MONEY.replace("(amount ?? '0.00')", 'amount!'));

    const built = await project.run('build', '--select', 'totals');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('error[CX4031]');
    expect(built.stderr).toContain('models/_money.ts:5:25');
    expect(built.stderr).toContain('Cannot read properties of null');
    expect(await database.query('select count(*) as n from totals')).toEqual([{ n: '2' }]);
  });

  test('a value that does not fit names row, column and kind', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      ...SHOP,
      'models/totals.ts': TOTALS.replace(
        'orders, total_cents',
        'orders: orders + 0.5, total_cents',
      ),
    });

    const built = await run('build');

    expect(built.stderr).toContain('error[CX4032]');
    expect(built.stderr).toContain(
      'row 1 that it yields holds a number (`2.5`) that does not fit column `orders` (`int`)',
    );
    expect(await database.relations()).toEqual(['orders']);
  });

  test('NULL and digits that a number would lose are refused when they are read', async () => {
    const database = await server.database();
    const nulls = serverProject(database, {
      ...SHOP,
      'models/totals.ts': TOTALS.replace("'text?'", "'text'"),
    });
    const digits = serverProject(database, {
      ...SHOP,
      'models/totals.ts': TOTALS.replace("order_id: 'bigint'", "order_id: 'number'"),
    });

    expect((await nulls.run('build')).stderr).toContain(
      'row 2 of its input `orders` is NULL in column `amount`',
    );
    expect((await digits.run('build')).stderr).toContain(
      'holds `9007199254740993` in column `order_id`',
    );
  });

  test('a variable that is unset or of another kind is reported before anything runs', async () => {
    const database = await server.database();
    const withVars = (vars: string) =>
      serverProject(database, { ...SHOP, 'cortex_project.yml': vars }).run('compile');

    expect((await withVars('')).stderr).toContain('[CX2030]');
    expect((await withVars('vars: { least_orders: many }\n')).stderr).toContain(
      'CX4030] script-variable-invalid: the variable `least_orders` is not `number`',
    );
    expect((await withVars("vars: { least_orders: '2' }\n")).exitCode).toBe(0);
  });

  test('a column that an input lacks is reported at the call of ref', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      ...SHOP,
      'models/totals.ts': TOTALS.replace("buyer: 'text'", "buyer: 'text', bayer: 'text'"),
    });

    const built = await run('build');

    expect(built.exitCode).toBe(1);
    expect(built.stderr).toContain('models/totals.ts:12:13');
    expect(built.stderr).toContain('bayer');
  });

  test('ephemeral parents are read, and show and compile say what is read', async () => {
    const database = await server.database();
    const project = serverProject(database, {
      ...SHOP,
      'models/orders.sql': ORDERS.replace('table', 'ephemeral'),
    });

    const shown = await project.run('show', 'totals', '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      show: [{ buyer: 'ana', orders: '2' }, { buyer: 'bia' }],
    });
    expect((await project.run('compile', '--select', 'totals')).exitCode).toBe(0);
    const compiled = readFileSync(
      join(project.directory.path, 'target/compiled/shop/models/totals.ts.sql'),
      'utf8',
    );
    expect(compiled).toContain('-- reads `orders`');
    expect(compiled).toContain('order by `order_id`');
    expect(compiled).toContain('`total_cents` bigint');
    expect((await project.run('build', '--publish', 'all')).exitCode).toBe(0);
    expect(await database.query('select count(*) as n from totals')).toEqual([{ n: '2' }]);
  });

  test('--empty makes the table and reads no row', async () => {
    const database = await server.database();
    const { run } = serverProject(database, SHOP);

    expect((await run('build', '--empty')).exitCode).toBe(0);
    expect(await database.query('select count(*) as n from totals')).toEqual([{ n: '0' }]);
  });

  test('rows flow: a large input is neither held nor read before it is asked for', async () => {
    const database = await server.database();
    const { run } = serverProject(database, {
      'models/numbers.sql': `{{config materialized="table"}}
with digits as (${Array.from({ length: 10 }, (_, n) => `select ${n} as d`).join(' union all ')})
select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as n
from digits as a, digits as b, digits as c, digits as e, digits as f`,
      'models/first.ts': `import { model, ref } from 'cortex-analytics/model';
export default model({
  inputs: { numbers: ref('numbers', { columns: { n: 'number' }, orderBy: ['n'] }) },
  columns: { n: 'int', again: 'int' },
  async *rows({ inputs }) {
    for await (const { n } of inputs.numbers) {
      if (n > 50_000) break;
      let again = 0;
      if (n === 7) for await (const each of inputs.numbers) again += each.n === 7 ? 1 : 0;
      yield { n, again };
    }
  },
});
`,
    });

    const built = await run('build');

    expect(built.stderr).not.toContain('[CX');
    expect(await database.query('select count(*) as n, sum(again) as again from first')).toEqual([
      { n: '50001', again: '1' },
    ]);
  });
});
