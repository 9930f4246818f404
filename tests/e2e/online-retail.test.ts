import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtCortex } from '../support/built-cortex.ts';
import { exampleProject } from '../support/example-project.ts';
import type { TestDatabase } from '../support/server.ts';
import { servers } from '../support/server.ts';

interface RunResults {
  readonly results: readonly { readonly unique_id: string; readonly status: string }[];
}

function statuses(directory: string): Record<string, string> {
  const text = readFileSync(join(directory, 'target', 'run_results.json'), 'utf8');
  return Object.fromEntries(
    (JSON.parse(text) as RunResults).results.map(({ unique_id, status }) => [unique_id, status]),
  );
}

describe.each(servers)('the Online Retail example on $name', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await server.database();
  });

  test('is landed, built, tested and published, and a broken edit leaves it as it was', async () => {
    const directory = exampleProject(database);

    const synced = await builtCortex(directory, ['sync', 'files']);
    expect(synced).toMatchObject({ exitCode: 0 });
    expect(synced.stderr).toMatch(
      /Synced \[.*\] 1\/1 +stream +files\.order_lines +541,909 rows\n +Landed \[.*\] 541,909 loaded from files/,
    );

    const first = await builtCortex(directory, ['build']);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(new Set(Object.values(statuses(directory)))).toEqual(
      new Set(['success', 'pass', 'no-op']),
    );
    const [totals] = await database.query(
      `select (select count(*) from fct_order_items) as line_count, (select count(*) from fct_orders) as orders,
              (select count(*) from mart_customer_rfm) as customers, (select sum(net_revenue) from fct_orders) as revenue`,
    );
    expect(totals).toEqual({
      line_count: '530104',
      orders: '19960',
      customers: '4338',
      revenue: '10666684.54',
    });
    const cohort = await database.query(
      `select active_customers from mart_cohort_retention
       where cohort_month = '2010-12-01' and period < 5 order by period`,
    );
    expect(cohort.map((row) => Number(row['active_customers']))).toEqual([885, 324, 286, 340, 321]);
    const classes = await database.query(
      'select abc_classification, count(*) as products from mart_product_abc group by 1 order by 1',
    );
    expect(classes.map((row) => Number(row['products']))).toEqual([804, 983, 2135]);

    const again = await builtCortex(directory, ['build', '--select', 'mart_product_abc+']);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).toMatch(/ table +dim_products +3,922 rows/);

    const before = await database.query('checksum table rpt_monthly_sales');
    appendFileSync(
      join(directory, 'models/reports/rpt_monthly_sales.sql'),
      'union all select null, 0, 0, 0, 0, 0\n',
    );
    const broken = await builtCortex(directory, ['build', '--select', 'rpt_monthly_sales']);
    expect(broken.exitCode).toBe(1);
    expect(await database.query('checksum table rpt_monthly_sales')).toEqual(before);
    await database.query('drop table if exists rpt_monthly_sales__cortex_new');
  }, 900_000);
});
