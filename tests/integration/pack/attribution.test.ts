import { beforeAll, describe, expect, test } from 'vitest';
import { analyticsFixture, analyticsRows, unreadCases } from '../../support/analytics-fixture.ts';
import type { PackOptions } from '../../support/pack-project.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import type { StagedRows } from '../../support/staged-rows.ts';
import { stagedItem, stagedOrder, stagedRefund, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
/** What leads to the totals of channels, and the tests of that alone. */
const REPORT = ['--select', '+rpt_attribution_comparison', '--indirect-selection', 'buildable'];

/** UTM values that the pack's rules read as the channels of the example. */
const TRAFFIC: Readonly<Record<string, readonly [source: string | null, medium: string | null]>> = {
  Direct: [null, null],
  Email: ['newsletter', 'email'],
  'Organic Search': ['google', 'organic'],
  'Organic Social': ['instagram.com', 'social'],
  'Paid Search': ['google', 'cpc'],
  'Paid Social': ['facebook', 'cpc'],
  'Paid Video': ['tiktok', 'cpc'],
  Referral: ['blog.com.br', 'referral'],
};

/** The example calls the ads of TikTok video; GA4 calls TikTok social. */
const VIDEO = { 'seeds/source_aliases.csv': 'source,source_category\ntiktok,video\n' };

const CENT = 2;

describe.each(servers)('attribution of the worked example (F2) on $name', (server) => {
  const expected = analyticsFixture<Example>('F2_attribution_orders.json').expected;
  let database: TestDatabase;
  let options: PackOptions;

  beforeAll(async () => {
    database = await server.database();
    const { files, vars } = await stageRows(database, exampleRows());
    options = {
      vars: { ...vars, as_of: '2025-12-31' },
      files: { ...files, ...VIDEO },
    };
    using project = packProject(database, options);
    const built = await project.run('build');
    expect(built.exitCode, built.stderr).toBe(0);
  }, 10 * MINUTES);

  test.each([
    'first_click',
    'last_click',
    'last_non_direct',
    'linear',
    'time_decay',
    'position_based',
    'markov',
    'shapley',
  ])('%s gives every touch the published weight', async (model) => {
    const rows = await database.query(
      `select o.external_order_id, a.touch_position, a.touch_count, a.weight
         from fct_attribution as a join fct_orders as o on o.order_id = a.order_id
         where a.attribution_model = '${model}'`,
    );

    const found = new Map(
      rows.map((row) => [
        `${String(row['external_order_id'])} ${String(row['touch_position'])}`,
        row,
      ]),
    );
    const touches = analyticsRows('F2_expected_weights.csv');
    expect(found.size).toBe(touches.length);
    for (const touch of touches) {
      const position = touch['touchpoint_id'] === '' ? 1 : touch['touch_position'];
      const row = found.get(`${touch['order_id']} ${position}`);
      expect(Number(row?.['weight']), JSON.stringify(touch)).toBeCloseTo(
        Number(touch[`w_${model}`]),
        9,
      );
    }
  });

  test('channels get the published totals', async () => {
    await expectVariant(database, expected.attribution.no_reset);
  });

  test(
    'channels get the published totals where an order ends the path before it',
    async () => {
      const other = await server.database();
      const { files, vars } = await stageRows(other, exampleRows());
      using project = packProject(other, {
        vars: { ...vars, as_of: '2025-12-31', attribution_reset_after_order: true },
        files: { ...files, ...VIDEO },
      });

      const built = await project.run('build', ...REPORT);

      expect(built.exitCode, built.stderr).toBe(0);
      await expectVariant(other, expected.attribution.reset_after_order);
    },
    10 * MINUTES,
  );

  test('the channel report is the published one, spend and ratios too', async () => {
    const rows = await database.query(
      `select attribution_model, channel, sum(attributed_orders) as attributed_orders,
         sum(attributed_revenue) as attributed_revenue, sum(spend) as spend,
         sum(attributed_revenue) / nullif(sum(spend), 0) as roas,
         sum(spend) / nullif(sum(attributed_orders), 0) as cpa
       from rpt_channel_performance group by attribution_model, channel`,
    );

    const found = new Map(
      rows.map((row) => [`${String(row['attribution_model'])} ${String(row['channel'])}`, row]),
    );
    const published = Object.entries(expected.rpt_channel_performance_no_reset).flatMap(
      ([model, channels]) =>
        Object.entries(channels).map(([channel, figures]) => ({ model, channel, figures })),
    );
    expect([...found.keys()].toSorted()).toEqual(
      published.map(({ model, channel }) => `${model} ${channel}`).toSorted(),
    );
    for (const { model, channel, figures } of published) {
      const label = `${model} ${channel}`;
      const row = found.get(label) ?? {};
      expect(Number(row['attributed_orders']), label).toBeCloseTo(figures.attributed_orders, 6);
      expectCents(row['attributed_revenue'], figures.attributed_revenue, label);
      expect(Number(row['spend']), label).toBeCloseTo(figures.spend, CENT);
      // A channel without spend has neither.
      expect(Number(row['roas']), label).toBeCloseTo(figures.roas ?? 0, 4);
      if (figures.spend > 0)
        expect(Number(row['cpa']), label).toBeCloseTo(figures.cpa ?? Number.NaN, CENT);
      else expect(figures.cpa, label).toBeNull();
    }
  });

  test('the daily report is the published one', async () => {
    const rows = await database.query(
      `select *, roas_blended as mer, revenue - new_revenue as returning_revenue
       from rpt_daily_performance`,
    );

    const byDay = new Map(rows.map((row) => [String(row['full_date']), row]));
    for (const { date, ...figures } of expected.rpt_daily_performance) {
      const row = byDay.get(String(date)) ?? {};
      for (const [name, value] of Object.entries(figures)) {
        const label = `${date} ${name}`;
        if (value === null) expect(row[name], label).toBeNull();
        else expect(Number(row[name]), label).toBeCloseTo(Number(value), CENT);
      }
    }
  });

  test(
    'a second build with the same day gives the same rows',
    async () => {
      const before = await contents(database);
      using project = packProject(database, options);

      const built = await project.run('build');

      expect(built.exitCode, built.stderr).toBe(0);
      const after = await contents(database);
      expect(Object.keys(after)).toEqual(Object.keys(before));
      for (const [name, rows] of Object.entries(after)) expect(rows, name).toEqual(before[name]);
    },
    10 * MINUTES,
  );

  test('orders, revenue and refunds are the published ones', async () => {
    const [row] = await database.query(
      `select count(*) as orders_all, sum(is_valid) as orders_valid, sum(is_valid * total_amount) as revenue_valid,
         sum(refunded_amount) as refunds_valid,
         (select sum(spend) from fct_ad_spend) as spend,
         (select count(*) from fct_attribution where attribution_model = 'linear' and touchpoint_id is null) as orders_without_touch,
         (select count(*) from dim_customers where total_orders > 0) as customers_with_valid_order,
         sum(order_date <> cast(order_created_at as date)) as days_differing_from_utc
       from fct_orders`,
    );

    for (const [name, value] of Object.entries(expected.summary)) {
      expect(Number(row?.[name]), name).toBeCloseTo(value, CENT);
    }
  });

  test('every case of the example was looked at', () => {
    expect(unreadCases(['details_csv', 'input.'])).toEqual([]);
  });

  test('a channel that is newer than the weights of Markov takes no more than there is', async () => {
    using project = packProject(database, options);
    await database.query('delete from int_markov_weights order by removal_effect desc limit 1');

    const built = await project.run('build', '--select', 'fct_attribution');

    expect(built.exitCode, built.stderr).toBe(0);
    const [sums] = await database.query(
      `select min(weight) as least, max(weight) as most from (
         select round(sum(weight), 9) as weight from fct_attribution
         where attribution_model = 'markov' group by order_id) as orders`,
    );
    expect([Number(sums?.['least']), Number(sums?.['most'])]).toEqual([1, 1]);
  });
});

/** Totals by model and channel, and what Markov learnt, as one of the two variants publishes them. */
async function expectVariant(database: TestDatabase, variant: Variant): Promise<void> {
  const totals = await database.query(
    `select attribution_model, channel, attributed_orders, attributed_revenue, attributed_net_revenue
     from rpt_attribution_comparison`,
  );
  for (const { attribution_model: model, channel, ...found } of totals) {
    const label = `${String(model)} ${String(channel)}`;
    const published = variant.channel_totals[String(model)]?.[String(channel)];
    expect(Number(found['attributed_orders']), label).toBeCloseTo(
      published?.attributed_orders ?? Number.NaN,
      6,
    );
    expectCents(found['attributed_revenue'], published?.attributed_revenue, label);
    expectCents(found['attributed_net_revenue'], published?.attributed_net_revenue, label);
  }
  const channels = Object.values(variant.channel_totals).flatMap(Object.keys);
  expect(totals).toHaveLength(channels.length);

  const [touches] = await database.query(
    `select count(*) as n from fct_attribution where attribution_model = 'linear'`,
  );
  expect(Number(touches?.['n'])).toBe(variant.order_touch_rows);

  const weights = await database.query(
    `select c.channel, w.* from int_markov_weights as w join dim_channels as c on c.channel_id = w.channel_id`,
  );
  const { removal_effect, share, ...chain } = variant.markov;
  expect(weights.map((weight) => String(weight['channel'])).toSorted()).toEqual(
    Object.keys(removal_effect).toSorted(),
  );
  for (const weight of weights) {
    const channel = String(weight['channel']);
    expect(Number(weight['base_paths'])).toBe(chain.converting_paths);
    expect(Number(weight['null_paths'])).toBe(chain.null_paths);
    expect(Number(weight['p_conversion'])).toBeCloseTo(chain.p_conversion, 9);
    expect(weight['removal_effect'], channel).toBeCloseTo(removal_effect[channel] ?? NaN, 9);
    expect(weight['share'], channel).toBeCloseTo(share[channel] ?? NaN, 9);
  }
}

/** A channel's sum of amounts that were rounded by order. */
function expectCents(found: unknown, published = Number.NaN, label = ''): void {
  expect(Math.abs(Number(found) - published), label).toBeLessThan(0.2);
}

/** Every row of every table and view, as text, sorted. */
async function contents(database: TestDatabase): Promise<Readonly<Record<string, string[]>>> {
  const found: Record<string, string[]> = {};
  for (const name of await database.relations()) {
    const rows = await database.query(`select * from \`${name}\``);
    found[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return found;
}

function exampleRows(): StagedRows {
  const orders = analyticsRows('F2_input/orders.csv');
  const touches = analyticsRows('F2_input/touchpoints.csv');
  const orderOf = new Map(orders.map((order) => [order['customer_key'], order['order_id'] ?? '']));
  const named = new Set<string>();
  return {
    orders: orders.map((order) =>
      stagedOrder({
        store_id: order['store_id'] ?? '',
        external_order_id: order['order_id'] ?? '',
        external_customer_id: order['customer_key'] ?? '',
        // One person over both stores.
        email_hash: (order['customer_key'] ?? '').padEnd(64, '0'),
        created_at: order['ordered_at_utc'] ?? '',
        payment_status: order['status'] === 'cancelled' ? 'paid' : (order['status'] ?? ''),
        order_status: order['status'] === 'cancelled' ? 'cancelled' : 'open',
        payment_method: order['payment_method'] ?? '',
        shipping_cost: order['shipping_cost'] ?? '',
        payment_fee: order['payment_fee'] ?? '',
        platform_total: order['total_amount'] ?? '',
      }),
    ),
    order_items: orders.map((order) =>
      stagedItem({
        store_id: order['store_id'] ?? '',
        external_order_id: order['order_id'] ?? '',
        unit_price: order['total_amount'] ?? '',
        unit_cost: order['cogs'] ?? '',
      }),
    ),
    refunds: orders
      .filter((order) => Number(order['refunded_amount']) > 0)
      .map((order) =>
        stagedRefund({
          store_id: order['store_id'] ?? '',
          external_order_id: order['order_id'] ?? '',
          refunded_at: order['ordered_at_utc'] ?? '',
          amount: order['refunded_amount'] ?? '',
        }),
      ),
    sessions: touches.map((touch) => {
      const customer = touch['customer_key'] ?? '';
      const [source, medium] = TRAFFIC[touch['channel'] ?? ''] ?? [null, null];
      // The browser becomes its owner's by one purchase that was seen in it.
      const isFirst = !named.has(customer);
      named.add(customer);
      return {
        origin: 'ga4',
        session_key: touch['touchpoint_id'] ?? '',
        anonymous_id: customer,
        started_at: touch['occurred_at_utc'] ?? '',
        source,
        medium,
        campaign: touch['campaign_id'] || null,
        transaction_id: isFirst ? (orderOf.get(customer) ?? null) : null,
      };
    }),
    ad_daily: analyticsRows('F2_input/ad_spend.csv').map((day) => ({
      platform: day['platform'] ?? '',
      account_id: 'a1',
      spend_date: day['date_local'] ?? '',
      platform_campaign_id: day['campaign_id'] ?? '',
      campaign_name: `Campanha ${day['campaign_id']}`,
      currency: 'BRL',
      impressions: day['impressions'] ?? '',
      clicks: day['clicks'] ?? '',
      spend: day['spend'] ?? '',
      platform_purchases: 0,
      platform_revenue: 0,
      platform_leads: 0,
    })),
  };
}

type ByChannel<T> = Readonly<Record<string, T>>;

interface Totals {
  readonly attributed_orders: number;
  readonly attributed_revenue: number;
  readonly attributed_net_revenue: number;
}

interface Figures {
  readonly attributed_orders: number;
  readonly attributed_revenue: number;
  readonly spend: number;
  readonly roas: number | null;
  readonly cpa: number | null;
}

interface Variant {
  readonly channel_totals: Readonly<Record<string, ByChannel<Totals>>>;
  readonly order_touch_rows: number;
  readonly markov: {
    readonly converting_paths: number;
    readonly null_paths: number;
    readonly p_conversion: number;
    readonly removal_effect: ByChannel<number>;
    readonly share: ByChannel<number>;
  };
}

interface Example {
  readonly expected: {
    readonly summary: Readonly<Record<string, number>>;
    readonly attribution: { readonly no_reset: Variant; readonly reset_after_order: Variant };
    readonly rpt_channel_performance_no_reset: Readonly<Record<string, ByChannel<Figures>>>;
    readonly rpt_daily_performance: readonly Readonly<Record<string, number | string | null>>[];
  };
}
