import { expect, describe, test } from 'vitest';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { stagedItem, stagedOrder, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const SELECTED = ['--select', '+mart_inventory_health', '+customer_key_history'];

/** What only the builds of several days can tell: stock of the past, and keys that persons had. */
describe.each(servers)('history by day on $name', (server) => {
  test(
    'stock of each day stays, and a key leads to the person that took its record in',
    async () => {
      const database = await server.database();
      const { files, vars } = await stageRows(database, {
        variants: [variant('T1', 0), variant('T2', 30), variant('T3', null)],
        products: [product('T1'), product('T2'), product('T3')],
        orders: [order('a', 'ana'), order('b', 'bia')],
        order_items: ['a', 'b'].map((id) =>
          stagedItem({
            external_order_id: id,
            external_product_id: 'T1',
            external_variant_id: 'T1',
            quantity: 27,
            unit_price: 10,
          }),
        ),
      });
      const build = async (as_of: string, ...args: string[]) => {
        using project = packProject(database, { vars: { ...vars, as_of }, files });
        const built = await project.run(
          'build',
          ...SELECTED,
          '--indirect-selection',
          'buildable',
          ...args,
        );
        expect(built.exitCode, built.stderr).toBe(0);
      };

      await build('2025-06-29');
      // On the next day there is stock, and both buyers have named one telephone number.
      await database.query(
        `update fixture_variants set stock = 54 where external_variant_id = 'T1'`,
      );
      await database.query(`update fixture_orders set phone_hash = '${'0'.repeat(64)}'`);
      await build('2025-06-30');
      await build('2025-06-30', '--full-refresh');

      expect(await stock(database)).toEqual([
        '2025-06-29 T1 0',
        '2025-06-29 T2 30',
        '2025-06-30 T1 54',
        '2025-06-30 T2 30',
      ]);
      const [health] = await database.query(
        `select health.* from mart_inventory_health as health
         join dim_product_variants as v on v.variant_id = health.variant_id where v.external_variant_id = 'T1'`,
      );
      // 54 units in the 27 days with stock are two a day, and so many were lost on the day without.
      expect(Number(health?.['avg_daily_units'])).toBe(2);
      expect(Number(health?.['days_of_cover'])).toBe(27);
      expect(Number(health?.['sell_through_28d'])).toBe(0.5);
      expect(Number(health?.['lost_units_estimate'])).toBe(2);
      expect(Number(health?.['lost_sales_estimate'])).toBe(20);
      expect(await keys(database)).toEqual([
        ['fixture|s1|order:a', 'fixture|s1|order:a', 1],
        ['fixture|s1|order:b', 'fixture|s1|order:a', 0],
      ]);
    },
    10 * MINUTES,
  );

  test(
    'a build with an earlier last day shows no later stock, and leaves what was seen then',
    async () => {
      const database = await server.database();
      const { files, vars } = await stageRows(database, {
        variants: [variant('T1', 1)],
        products: [product('T1')],
      });
      const stockAfter = async (as_of: string, units: number, ...args: string[]) => {
        await database.query(`update fixture_variants set stock = ${units}`);
        using project = packProject(database, { vars: { ...vars, as_of }, files });
        const built = await project.run(
          'build',
          '--select',
          '+fct_inventory_daily',
          '--indirect-selection',
          'buildable',
          ...args,
        );
        expect(built.exitCode, built.stderr).toBe(0);
        return stock(database);
      };

      await stockAfter('2025-06-28', 1);
      await stockAfter('2025-06-30', 3);

      expect(await stockAfter('2025-06-28', 9, '--full-refresh')).toEqual(['2025-06-28 T1 1']);
      expect(await stockAfter('2025-06-29', 9)).toEqual(['2025-06-28 T1 1', '2025-06-29 T1 9']);
      expect(await stockAfter('2025-06-30', 4)).toEqual([
        '2025-06-28 T1 1',
        '2025-06-29 T1 9',
        '2025-06-30 T1 4',
      ]);
    },
    10 * MINUTES,
  );
});

function variant(id: string, stock: number | null) {
  return {
    platform: 'fixture',
    store_id: 's1',
    external_product_id: id,
    external_variant_id: id,
    stock,
    is_deleted: 0,
  };
}

function product(id: string) {
  return {
    platform: 'fixture',
    store_id: 's1',
    external_product_id: id,
    product_name: id,
    is_active: 1,
    is_deleted: 0,
  };
}

function order(id: string, buyer: string) {
  return stagedOrder({
    external_order_id: id,
    created_at: '2025-06-20 12:00:00',
    email_hash: Buffer.from(buyer).toString('hex').padEnd(64, '0'),
  });
}

async function stock(database: TestDatabase): Promise<string[]> {
  const rows = await database.query(
    `select concat_ws(' ', daily.inventory_date, v.external_variant_id, round(daily.available)) as line
     from fct_inventory_daily as daily
     join dim_product_variants as v on v.variant_id = daily.variant_id order by line`,
  );
  return rows.map(({ line }) => String(line));
}

async function keys(database: TestDatabase): Promise<unknown[][]> {
  const rows = await database.query(
    'select person_key_from, person_key_to, is_current from customer_key_history order by person_key_from',
  );
  return rows.map((row) => [
    row['person_key_from'],
    row['person_key_to'],
    Number(row['is_current']),
  ]);
}
