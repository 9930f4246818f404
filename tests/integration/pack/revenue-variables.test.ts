import { describe, expect, test } from 'vitest';
import { packProject } from '../../support/pack-project.ts';
import { servers } from '../../support/server.ts';
import { stagedItem, stagedOrder, stagedRefund, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;

describe.each(servers)('the day and the amount of revenue on $name', (server) => {
  test(
    'a boleto paid eleven days later counts when it was paid, and touches share what was kept of it',
    async () => {
      const database = await server.database();
      const { files, vars } = await stageRows(database, {
        orders: [
          stagedOrder({
            external_order_id: 'boleto',
            created_at: '2025-06-01 15:00:00',
            // 23:30 of the 12th in São Paulo.
            paid_at: '2025-06-13 02:30:00',
            payment_method: 'boleto',
            payment_status: 'partially_refunded',
          }),
          // Paid after the last day that counts, as far as that day can know.
          stagedOrder({
            external_order_id: 'late',
            created_at: '2025-06-29 15:00:00',
            paid_at: '2025-07-02 15:00:00',
          }),
        ],
        order_items: ['boleto', 'late'].map((id) =>
          stagedItem({ external_order_id: id, unit_price: 100 }),
        ),
        refunds: [
          stagedRefund({
            external_order_id: 'boleto',
            external_item_id: '1',
            refunded_at: '2025-06-20 12:00:00',
            amount: 30,
            quantity: 0,
          }),
        ],
      });
      const chosen = { revenue_date: 'payment', attribution_amount: 'net_revenue' };
      using project = packProject(database, {
        vars: { ...vars, ...chosen, as_of: '2025-06-30' },
        files,
      });

      const models = ['+rpt_daily_performance', '+rpt_data_quality', '+fct_attribution'];
      const sound = ['--indirect-selection', 'buildable'];
      const built = await project.run('build', '--select', ...models, ...sound);

      expect(built.exitCode, built.stderr).toBe(0);
      const days = await database.query(
        `select concat_ws(' ', date_key, orders_created, orders, revenue, net_revenue) as line
         from rpt_daily_performance where orders_created + orders > 0 order by date_key`,
      );
      expect(days.map(({ line }) => line)).toEqual([
        '20250601 1 0 0.00 0.00',
        '20250612 0 1 100.00 70.00',
        '20250629 1 0 0.00 0.00',
        '20250630 0 1 100.00 100.00',
      ]);
      const attributed = await database.query(
        `select concat_ws(' ', date_key, attributed_revenue) as line
         from fct_attribution where attribution_model = 'linear' order by date_key`,
      );
      expect(attributed.map(({ line }) => line)).toEqual(['20250612 70.00', '20250630 100.00']);
    },
    10 * MINUTES,
  );
});
