import { beforeAll, describe, expect, test } from 'vitest';
import { analyticsFixture, analyticsRows, unreadCases } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { StagedRows } from '../../support/staged-rows.ts';
import { stagedItem, stagedOrder, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const RFM = analyticsFixture<RfmExample>('F6_rfm_small.json');

describe.each(servers)('customers of the worked examples on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
    const { files, vars } = await stageRows(database, exampleRows());
    using project = packProject(database, { vars: { ...vars, as_of: '2025-06-30' }, files });
    const built = await project.run('build');
    expect(built.exitCode, built.stderr).toBe(0);
  }, 10 * MINUTES);

  test('RFM by rank gives the scores and segments of F6', async () => {
    const rows = await byCustomer(database, 'mart_customer_rfm');

    for (const customer of RFM.expected) {
      const row = rows.get(customer.customer_id) ?? {};
      expect(Number(row['recency_days'])).toBe(customer.recency_days);
      expect(Number(row['frequency'])).toBe(customer.frequency);
      expect(Number(row['monetary'])).toBe(customer.monetary);
      expect(scores(row), customer.customer_id).toEqual([...customer.rank]);
      expect(row['rfm_segment'], customer.customer_id).toBe(customer.segment_rank);
    }
    expect(rows.size).toBe(20);
  });

  test('the seed of segments is the map of F6', async () => {
    const rows = await database.query(
      'select concat(recency_score, frequency_score) as cell, segment from rfm_segments',
    );

    const found = Object.fromEntries(rows.map((row) => [row['cell'], row['segment']]));
    expect(found).toEqual({ ...RFM.segment_map });
  });

  test('cohorts are those of F8', async () => {
    const rows = await database.query(
      `select date_format(cohort_month, '%Y-%m') as cohort_month, period, cohort_size, active_customers,
         revenue, cumulative_revenue
       from mart_cohort_retention order by cohort_month, period`,
    );

    const found = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          name === 'cohort_month' ? value : Number(value),
        ]),
      ),
    );
    expect(found).toEqual(analyticsFixture<CohortExample>('F8_cohort_small.json').expected);
  });

  test('lifetime value and churn are those of F14', async () => {
    const ltv = await byCustomer(database, 'mart_customer_ltv');
    const churn = await byCustomer(database, 'mart_customer_churn');

    const customers = analyticsFixture<LtvExample>('F14_ltv_small.json').expected;
    expect(ltv.size).toBe(customers.length);
    for (const customer of customers) {
      const id = String(customer['customer_id']);
      const row: Record<string, unknown> = { ...ltv.get(id), ...churn.get(id) };
      expect(row['first_order_date'], id).toBe(customer['first_order_date']);
      expect(Number(row['historic_ltv']), id).toBe(customer['revenue']);
      expect(Number(row['orders']), id).toBe(customer['orders']);
      expect(Number(row['days_since_last_order']), id).toBe(customer['days_since_last_order']);
      expect(Boolean(row['is_churned']), id).toBe(customer['is_churned_90']);
      for (const days of [30, 60, 90]) {
        expect(Number(row[`ltv_${days}d`]), id).toBe(customer[`ltv_${days}d`]);
        expect(Boolean(row[`is_mature_${days}d`]), id).toBe(customer[`ltv_${days}d_mature`]);
      }
    }
  });

  test(
    'RFM by ntile gives the scores and segments of F6',
    async () => {
      const other = await server.database();
      // Ties are broken by customer_id: customers are named so that their keys are in the order of the example.
      const names = [...(await byCustomer(database, 'mart_customer_rfm')).values()]
        .toSorted((left, right) =>
          BigInt(String(left['customer_id'])) < BigInt(String(right['customer_id'])) ? -1 : 1,
        )
        .map((row) => String(row['external_customer_id']));
      const ids = RFM.expected.map((customer) => customer.customer_id).toSorted();
      const { files, vars } = await stageRows(
        other,
        exampleRows((id) => names[ids.indexOf(id)] ?? ''),
      );
      using project = packProject(other, {
        vars: { ...vars, as_of: '2025-06-30', rfm_method: 'ntile' },
        files,
      });

      const built = await project.run('build');

      expect(built.exitCode, built.stderr).toBe(0);
      const rows = await byCustomer(other, 'mart_customer_rfm');
      for (const customer of RFM.expected) {
        const row = rows.get(names[ids.indexOf(customer.customer_id)] ?? '') ?? {};
        expect(scores(row), customer.customer_id).toEqual([...customer.ntile]);
        expect(row['rfm_segment'], customer.customer_id).toBe(customer.segment_ntile);
      }
    },
    10 * MINUTES,
  );

  test('every case of the examples was looked at', () => {
    // Both examples name their input and its last day, which this file gives to the pack.
    expect(unreadCases(['input', 'as_of'])).toEqual([]);
  });
});

function scores(row: Readonly<Record<string, unknown>>): number[] {
  return ['recency_score', 'frequency_score', 'monetary_score'].map((name) => Number(row[name]));
}

async function byCustomer(database: TestDatabase, table: string) {
  const rows = await database.query(
    `select d.external_customer_id, t.* from ${table} as t join dim_customers as d on d.customer_id = t.customer_id`,
  );
  return new Map(rows.map((row) => [String(row['external_customer_id']), row]));
}

function exampleRows(nameOf = (id: string) => id): StagedRows {
  const orders = analyticsRows('F6_orders.csv');
  return {
    orders: orders.map((order) =>
      stagedOrder({
        external_order_id: order['order_id'] ?? '',
        external_customer_id: nameOf(order['customer_id'] ?? ''),
        // Shortly before midnight in São Paulo, the next day in UTC.
        created_at: `${nextDay(order['order_date'] ?? '')} 02:50:00`,
        platform_total: order['revenue'] ?? '',
      }),
    ),
    order_items: orders.map((order) =>
      stagedItem({
        external_order_id: order['order_id'] ?? '',
        unit_price: order['revenue'] ?? '',
      }),
    ),
  };
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

interface RfmExample {
  readonly segment_map: Readonly<Record<string, string>>;
  readonly expected: readonly {
    readonly customer_id: string;
    readonly recency_days: number;
    readonly frequency: number;
    readonly monetary: number;
    readonly rank: readonly number[];
    readonly segment_rank: string;
    readonly ntile: readonly number[];
    readonly segment_ntile: string;
  }[];
}

interface CohortExample {
  readonly expected: readonly Readonly<Record<string, string | number>>[];
}

interface LtvExample {
  readonly expected: readonly Readonly<Record<string, string | number | boolean>>[];
}
