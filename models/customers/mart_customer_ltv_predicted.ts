import { model, ref } from 'cortex-analytics/model';
import { BgNbd } from '../_compute/bg-nbd.ts';
import { expectedValue } from '../_compute/gamma-gamma.ts';
import { lifetimeValue } from '../_compute/lifetime-value.ts';

/** Twelve months of thirty days, each discounted by one per cent. */
const YEAR = { periods: 12, length: 30, discount: 0.01 };

/** What each customer is expected to buy, and what that is worth today. */
export default model({
  inputs: {
    customers: ref('int_customer_purchases', {
      columns: {
        customer_id: 'bigint',
        repeat_purchase_days: 'number',
        last_purchase_age_days: 'number',
        customer_age_days: 'number',
        mean_repeat_value: 'number?',
      },
    }),
    parameters: ref('model_params', {
      columns: {
        bgnbd_r: 'number?',
        bgnbd_alpha: 'number?',
        bgnbd_a: 'number?',
        bgnbd_b: 'number?',
        gamma_p: 'number?',
        gamma_q: 'number?',
        gamma_v: 'number?',
        mean_purchase_value: 'number?',
        is_fitted: 'boolean',
      },
    }),
  },
  vars: { ltv_margin: 'number?' },
  columns: {
    customer_id: 'bigint',
    p_alive: 'double',
    expected_orders_30d: 'double',
    expected_orders_90d: 'double',
    expected_orders_180d: 'double',
    expected_orders_365d: 'double',
    expected_avg_value: 'decimal(18,2)',
    predicted_ltv_365d: 'decimal(18,2)',
  },
  config: { primary_key: 'customer_id', tags: ['ltv'] },

  async *rows({ inputs, vars }) {
    for await (const fitted of inputs.parameters) {
      const purchases = new BgNbd({
        r: fitted.bgnbd_r ?? NaN,
        alpha: fitted.bgnbd_alpha ?? NaN,
        a: fitted.bgnbd_a ?? NaN,
        b: fitted.bgnbd_b ?? NaN,
      });
      const worth = {
        p: fitted.gamma_p ?? NaN,
        q: fitted.gamma_q ?? NaN,
        v: fitted.gamma_v ?? NaN,
      };
      for await (const { customer_id, ...customer } of inputs.customers) {
        if (!fitted.is_fitted) {
          yield { customer_id, ...NOTHING_PREDICTED };
          continue;
        }
        const summary = {
          frequency: customer.repeat_purchase_days,
          recency: customer.last_purchase_age_days,
          age: customer.customer_age_days,
        };
        // Who has no purchase of a positive value is expected to spend what all do.
        const mean = Math.max(0, customer.mean_repeat_value ?? 0);
        // Without parameters of value customers are not told apart.
        const value =
          fitted.gamma_p === null
            ? (fitted.mean_purchase_value ?? 0)
            : expectedValue(worth, mean > 0 ? summary.frequency : 0, mean);
        const expected = (days: number): number => purchases.expectedPurchases(summary, days);
        yield {
          customer_id,
          p_alive: purchases.aliveProbability(summary),
          expected_orders_30d: expected(30),
          expected_orders_90d: expected(90),
          expected_orders_180d: expected(180),
          expected_orders_365d: expected(365),
          expected_avg_value: value.toFixed(2),
          predicted_ltv_365d: (
            lifetimeValue(expected, value, YEAR) * (vars.ltv_margin ?? 1)
          ).toFixed(2),
        };
      }
    }
  },
});

const NOTHING_PREDICTED = {
  p_alive: null,
  expected_orders_30d: null,
  expected_orders_90d: null,
  expected_orders_180d: null,
  expected_orders_365d: null,
  expected_avg_value: null,
  predicted_ltv_365d: null,
};
