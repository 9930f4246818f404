import { beforeAll, describe, expect, test } from 'vitest';
import { analyticsFixture, unreadCases } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { PublishedLifetimeValue } from '../../support/published-lifetime-value.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { StagedRows } from '../../support/staged-rows.ts';
import { stagedItem, stagedOrder, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const DAY = 86_400_000;
const AS_OF = '2025-06-30';
const WEEK = 7;
const PREDICTED = 'mart_customer_ltv_predicted';

const { params, published, expected } =
  analyticsFixture<PublishedLifetimeValue>('F3_bgnbd_published.json');

describe.each(servers)('lifetime value at the published parameters (F3) on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
    await run(database, 'build', '--select', `+${PREDICTED}`, '--indirect-selection', 'buildable');
  }, 10 * MINUTES);

  test('orders become the purchases of CDNOW', async () => {
    const rows = await byCustomer('int_customer_purchases');

    for (const customer of expected.customers) {
      const { frequency, recency, T: age, monetary } = customer;
      const row = rows.get(customer.id) ?? {};
      const label = `customer ${customer.id}`;
      expect(Number(row['repeat_purchase_days']), label).toBe(frequency);
      expect(Number(row['last_purchase_age_days']), label).toBe(Math.round(recency * WEEK));
      expect(Number(row['customer_age_days']), label).toBe(Math.round(age * WEEK));
      expect(Number(row['mean_repeat_value']), label).toBe(monetary);
    }
    expect(rows.size).toBe(expected.customers.length);
  });

  test('purchases counted in days give the published values, but for the rounding of weeks', async () => {
    await publishParameters(WEEK);

    const rows = await predicted();

    for (const [at, customer] of expected.customers.entries()) {
      const row = rows.get(customer.id) ?? {};
      const value = published.expected_avg_value_first10[at] ?? NaN;
      expect(row['p_alive'], `customer ${customer.id}`).toBeCloseTo(customer.p_alive, 3);
      expect(Number(row['expected_avg_value'])).toBeCloseTo(customer.expected_avg_value, 2);
      // Published to the parameters of a fit, not to the rounded ones.
      expect(Number(row['expected_avg_value'])).toBeCloseTo(value, 0);
    }
  });

  // A time of so many weeks is the 365 days of a column, where a day is short enough: the models know no unit.
  test('39 weeks give the expected purchases', async () => {
    await publishWeeks(365 / 39);

    const rows = await predicted();

    for (const customer of expected.customers) {
      const row = rows.get(customer.id) ?? {};
      expect(row['p_alive'], `customer ${customer.id}`).toBeCloseTo(customer.p_alive, 9);
      expect(row['expected_orders_365d']).toBeCloseTo(customer.expected_39_weeks, 9);
    }
    expect(rows.get(1)?.['expected_orders_365d']).toBeCloseTo(
      published['E39(x=2,tx=30.43,T=38.86)'],
      3,
    );
  });

  test('twelve months of 4.345 weeks give the value of a year', async () => {
    await publishWeeks(30 / 4.345);

    const rows = await predicted();

    for (const customer of expected.customers) {
      const found = Number(rows.get(customer.id)?.['predicted_ltv_365d']);
      expect(Math.abs(found - customer.clv_12m_d1pct), `customer ${customer.id}`).toBeLessThan(
        0.0051,
      );
    }
  });

  test.each(Object.entries(expected.unconditional_E))(
    'a new customer buys in %s weeks what is published',
    async (weeks, purchases) => {
      await publishWeeks(365 / Number(weeks));
      await database.query(
        'update int_customer_purchases set customer_age_days = 0 where repeat_purchase_days = 0',
      );

      const rows = await predicted();

      const [, , newcomer] = expected.customers;
      expect(rows.get(newcomer?.id ?? 0)?.['expected_orders_365d']).toBeCloseTo(purchases, 9);
      const ofTheFit = Object.entries(published.unconditional_E).find(
        ([time]) => Number(time) === Number(weeks),
      );
      expect(purchases).toBeCloseTo(ofTheFit?.[1] ?? NaN, 2);
    },
  );

  test('every case of the example was looked at', () => {
    // Units and months are said in words; a probability of no purchase is no column of the pack.
    const inWords = ['params.unit', 'params.clv', 'fit_tiny'];
    expect(unreadCases([...inWords, 'published.P(X(39)=0)'])).toEqual([]);
  });

  /** Rows of a table by the number of the customer in the example. */
  async function byCustomer(table: string) {
    const rows = await database.query(
      `select o.external_customer_id, t.* from ${table} as t
       join (select distinct r.customer_id, o.external_customer_id
             from int_orders as o join int_customer_records as r on r.record_key = o.record_key) as o
         on o.customer_id = t.customer_id`,
    );
    return new Map(rows.map((row) => [Number(row['external_customer_id']), row]));
  }

  /** Puts the published parameters where those of a fit stand, for so many units of time a week. */
  async function publishParameters(unitsAWeek: number): Promise<void> {
    const { bgnbd, gamma_gamma: values } = params;
    await database.query(
      `update model_params set is_fitted = 1, bgnbd_r = ${bgnbd.r}, bgnbd_alpha = ${bgnbd.alpha * unitsAWeek},
         bgnbd_a = ${bgnbd.a}, bgnbd_b = ${bgnbd.b},
         gamma_p = ${values.p}, gamma_q = ${values.q}, gamma_v = ${values.v}`,
    );
  }

  /** The parameters, and the times of customers as the example has them, with their fractions of weeks. */
  async function publishWeeks(unitsAWeek: number): Promise<void> {
    await publishParameters(unitsAWeek);
    await database.query(
      'alter table int_customer_purchases modify last_purchase_age_days double, modify customer_age_days double',
    );
    const customers = await byCustomer('int_customer_purchases');
    for (const { id, recency, T: age } of expected.customers) {
      await database.query(
        `update int_customer_purchases set last_purchase_age_days = ${recency * unitsAWeek},
           customer_age_days = ${age * unitsAWeek} where customer_id = ${String(customers.get(id)?.['customer_id'])}`,
      );
    }
  }

  async function predicted() {
    await run(database, 'run', '--select', PREDICTED);
    return byCustomer(PREDICTED);
  }
});

const staged = new WeakMap<TestDatabase, Awaited<ReturnType<typeof stageRows>>>();

async function run(database: TestDatabase, ...args: readonly string[]): Promise<void> {
  const known = staged.get(database) ?? (await stageRows(database, exampleRows()));
  staged.set(database, known);
  const { files, vars } = known;
  using project = packProject(database, { vars: { ...vars, as_of: AS_OF }, files });
  const { exitCode, stderr } = await project.run(...args);
  expect(exitCode, stderr).toBe(0);
}

/** Orders of every customer: the first as old as the customer, the last at the recency, the others in between. */
function exampleRows(): StagedRows {
  const orders = expected.customers.flatMap((customer) => {
    const days = Array.from({ length: customer.frequency + 1 }, (_, purchase) =>
      purchase === customer.frequency ? Math.round(customer.recency * WEEK) : purchase,
    );
    const first = Date.parse(`${AS_OF}T15:00:00Z`) - Math.round(customer.T * WEEK) * DAY;
    return days.map((day, purchase) => ({
      external_order_id: `${customer.id}-${purchase}`,
      external_customer_id: String(customer.id),
      created_at: new Date(first + day * DAY).toISOString().slice(0, 19).replace('T', ' '),
      // What the first purchase was worth is left out of the mean.
      unit_price: purchase === 0 ? 1000 : customer.monetary,
    }));
  });
  return {
    orders: orders.map(({ external_order_id, external_customer_id, created_at }) =>
      stagedOrder({ external_order_id, external_customer_id, created_at }),
    ),
    order_items: orders.map(({ external_order_id, unit_price }) =>
      stagedItem({ external_order_id, unit_price }),
    ),
  };
}
