import { model, ref } from 'cortex-analytics/model';
import { fitBgNbd } from '../_compute/bg-nbd-fit.ts';
import type { GammaGammaFit } from '../_compute/gamma-gamma.ts';
import { PurchaseValues, fitGammaGamma, predictsValues } from '../_compute/gamma-gamma.ts';
import { PurchaseSummaries } from '../_compute/purchase-summaries.ts';

/** The parameters of BG/NBD and Gamma-Gamma that fit the shop's customers best; times are in days. */
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
      // Sums of doubles depend on their order, and two builds of the same data are to be the same.
      orderBy: ['customer_id'],
    }),
  },
  vars: { as_of: 'text?', ltv_min_repeat_customers: 'number?' },
  columns: {
    model_name: 'varchar(20)',
    bgnbd_r: 'double',
    bgnbd_alpha: 'double',
    bgnbd_a: 'double',
    bgnbd_b: 'double',
    bgnbd_log_likelihood: 'double',
    gamma_p: 'double',
    gamma_q: 'double',
    gamma_v: 'double',
    gamma_log_likelihood: 'double',
    mean_purchase_value: 'double',
    value_frequency_correlation: 'double',
    customers: 'bigint',
    repeat_customers: 'bigint',
    valued_customers: 'bigint',
    is_fitted: 'tinyint(1)',
    is_converged: 'tinyint(1)',
    is_degenerate: 'tinyint(1)',
    reason: 'varchar(255)',
    fitted_as_of: 'date',
  },
  config: { primary_key: 'model_name', tags: ['ltv'] },

  async *rows({ inputs, vars }) {
    const summaries = new PurchaseSummaries();
    const values = new PurchaseValues();
    for await (const customer of inputs.customers) {
      const frequency = customer.repeat_purchase_days;
      const { last_purchase_age_days: recency, customer_age_days: age } = customer;
      summaries.add({ frequency, recency, age });
      values.add(frequency, customer.mean_repeat_value ?? 0);
    }
    const least = vars.ltv_min_repeat_customers ?? 100;
    const known = {
      model_name: 'lifetime_value',
      customers: summaries.customers,
      repeat_customers: summaries.repeatCustomers,
      valued_customers: values.frequency.length,
      // Empty: the day is the clock's to say, and a model does not know it.
      fitted_as_of: vars.as_of === '' ? null : vars.as_of,
    };
    if (Math.min(summaries.repeatCustomers, values.frequency.length) < least) {
      const reason = `fewer than ${least} customers bought again for a positive value`;
      yield { ...known, ...NOTHING_FITTED, reason };
      return;
    }
    const purchases = fitBgNbd(summaries);
    const worth = fitGammaGamma(values);
    const correlation = values.correlation();
    yield {
      ...known,
      bgnbd_r: purchases.r,
      bgnbd_alpha: purchases.alpha,
      bgnbd_a: purchases.a,
      bgnbd_b: purchases.b,
      bgnbd_log_likelihood: purchases.logLikelihood,
      ...(predictsValues(worth) ? gammaOf(worth) : NO_GAMMA),
      mean_purchase_value: values.meanOfPurchases(),
      value_frequency_correlation: Number.isFinite(correlation) ? correlation : null,
      is_fitted: true,
      is_converged: purchases.isConverged && worth.isConverged,
      is_degenerate: purchases.isDegenerate,
      reason: null,
    };
  },
});

function gammaOf({ p, q, v, logLikelihood }: GammaGammaFit) {
  return { gamma_p: p, gamma_q: q, gamma_v: v, gamma_log_likelihood: logLikelihood };
}

const NO_GAMMA = { gamma_p: null, gamma_q: null, gamma_v: null, gamma_log_likelihood: null };

const NOTHING_FITTED = {
  bgnbd_r: null,
  bgnbd_alpha: null,
  bgnbd_a: null,
  bgnbd_b: null,
  bgnbd_log_likelihood: null,
  ...NO_GAMMA,
  mean_purchase_value: null,
  value_frequency_correlation: null,
  is_fitted: false,
  is_converged: false,
  is_degenerate: false,
};
