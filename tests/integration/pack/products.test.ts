import { describe, expect, test } from 'vitest';
import { analyticsFixture, unreadCases } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { stagedItem, stagedOrder, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const { cases } = analyticsFixture<{ cases: Product[][] }>('F9_abc_small.json');

describe.each(servers)('products of the worked examples on $name', (server) => {
  test.each(cases.map((products, index) => ({ products, index })))(
    'classes of case $index of F9',
    async ({ products }) => {
      const database = await server.database();
      await build(database, products);

      const rows = await database.query(
        `select p.external_product_id, a.abc_classification, a.cumulative_share, a.revenue
         from mart_product_abc as a join int_products as p on p.product_id = a.product_id`,
      );

      const found = new Map(rows.map((row) => [row['external_product_id'], row]));
      expect(found.size).toBe(products.length);
      for (const { product, abc, revenue, cumulative_share: share } of products) {
        const row = found.get(product) ?? {};
        expect(row['abc_classification'], product).toBe(abc);
        expect(row['revenue'], product).toBe(revenue);
        // Of nothing sold there is no share.
        expect(row['cumulative_share'], product).toEqual(
          share === null ? null : expect.closeTo(share, 9),
        );
      }
    },
    10 * MINUTES,
  );

  test('every case of the example was looked at', () => {
    expect(unreadCases()).toEqual([]);
  });
});

/** Builds the classes of products that are listed, each sold in an order of its own where it was sold at all. */
async function build(database: TestDatabase, products: readonly Product[]): Promise<void> {
  const sold = products.filter(({ revenue }) => Number(revenue) > 0);
  const { files, vars } = await stageRows(database, {
    products: products.map(({ product }) => ({
      platform: 'fixture',
      store_id: 's1',
      external_product_id: product,
      product_name: product,
      is_active: 1,
      is_deleted: 0,
    })),
    orders: sold.map(({ product }) =>
      stagedOrder({ external_order_id: product, created_at: '2025-03-01 12:00:00' }),
    ),
    order_items: sold.map(({ product, revenue }) =>
      stagedItem({
        external_order_id: product,
        external_product_id: product,
        external_variant_id: product,
        unit_price: revenue,
      }),
    ),
  });
  using project = packProject(database, { vars: { ...vars, as_of: '2025-06-30' }, files });
  const leadingThere = ['--select', '+mart_product_abc', '--indirect-selection', 'buildable'];
  const built = await project.run('build', ...leadingThere);
  expect(built.exitCode, built.stderr).toBe(0);
}

interface Product {
  readonly product: string;
  readonly revenue: string;
  readonly cumulative_share: number | null;
  readonly abc: string;
}
