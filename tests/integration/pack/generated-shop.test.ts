import { beforeAll, describe, expect, test } from 'vitest';
import { orderId as nuvemshopId } from '../../../connectors/simulators/nuvemshop/ids.ts';
import { legacyId } from '../../../connectors/simulators/shopify/ids.ts';
import { orderId as trayId } from '../../../connectors/simulators/tray/ids.ts';
import type { GeneratedShop } from '../../support/generated-shop.ts';
import {
  LAST_DATE,
  LOOKED_AT,
  generatedShop,
  isSale,
  observableVisits,
  ordersOf,
} from '../../support/generated-shop.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';

const MINUTES = 60_000;

/** What the platforms call an order of the generator. */
const IDS: Readonly<Record<string, (index: number) => string>> = {
  nuvemshop: (index) => String(nuvemshopId(index)),
  tray: trayId,
  shopify: (index) => legacyId('Order', index),
};

describe.each(servers)('the generated shops through the pack on $name', (server) => {
  let database: TestDatabase;
  let worldOf: GeneratedShop['worldOf'];

  beforeAll(async () => {
    database = await server.database();
    await using shop = await generatedShop();
    ({ worldOf } = shop);
    const { settings, clock } = shop;
    using project = packProject(database, { vars: { as_of: LAST_DATE }, settings, clock });
    const synced = await project.run('sync');
    expect(synced.exitCode, synced.stderr).toBe(0);
    const built = await project.run('build');
    expect(built.exitCode, built.stderr).toBe(0);
  }, 15 * MINUTES);

  /** Every order of the generator with its row in the facts. */
  async function orders() {
    const rows = await database.query('select * from fct_orders');
    const found = new Map(
      rows.map((row) => [`${String(row['platform'])} ${String(row['external_order_id'])}`, row]),
    );
    return Object.entries(IDS).flatMap(([platform, idOf]) => {
      const world = worldOf(platform);
      return ordersOf(world).map((at) => {
        const key = `${platform} ${idOf(at.order.index)}`;
        return { key, platform, world, at, row: found.get(key) ?? {} };
      });
    });
  }

  test('every order is there with its state and its amounts', async () => {
    const all = await orders();

    const [count] = await database.query('select count(*) as n from fct_orders');
    expect(Number(count?.['n'])).toBe(all.length);
    for (const { key, platform, at, row } of all) {
      const { total } = at.order.totals;
      expect(Boolean(row['is_valid']), key).toBe(isSale(at));
      expect(cents(row['total_amount']), key).toBe(total);
      const isVisible = platform === 'shopify' || at.paymentStatus !== 'partially_refunded';
      const net = isSale(at) ? total - (isVisible ? at.refundedAmount : 0) : 0;
      expect(cents(row['net_revenue']), key).toBe(net);
    }
  });

  test('every model gives away the revenue of the sales, to the cent', async () => {
    const revenue = (await orders())
      .filter(({ at }) => isSale(at))
      .reduce((sum, { at }) => sum + at.order.totals.total, 0);
    const models = await database.query(
      'select attribution_model, sum(attributed_revenue) as revenue from fct_attribution group by attribution_model',
    );

    expect(models).toHaveLength(8);
    for (const model of models) {
      expect(cents(model['revenue']), String(model['attribution_model'])).toBe(revenue);
    }
  });

  test('reports add up to the facts', async () => {
    const byModel = (table: string, column: string) =>
      `(select max(total) from (select sum(${column}) as total from ${table} group by attribution_model) as models)`;
    const sums = {
      revenue: [
        'select sum(is_valid * total_amount) from fct_orders',
        'select sum(revenue) from rpt_daily_performance',
        'select sum(revenue) from rpt_new_vs_returning',
        'select sum(amount_paid) from rpt_payment_funnel',
        byModel('rpt_channel_performance', 'attributed_revenue'),
        byModel('rpt_attribution_comparison', 'attributed_revenue'),
      ],
      'net revenue': [
        'select sum(net_revenue) from fct_orders',
        'select sum(net_revenue) from rpt_daily_performance',
        'select sum(net_revenue) from rpt_new_vs_returning',
        'select sum(net_revenue) from mart_discounts',
        'select sum(revenue) from rpt_ltv_cohort',
        'select sum(historic_ltv) from mart_customer_ltv',
        'select sum(total_revenue) from dim_customers',
        byModel('rpt_channel_performance', 'attributed_net_revenue'),
      ],
      spend: [
        'select sum(spend) from fct_ad_spend',
        'select sum(spend) from rpt_daily_performance',
        byModel('rpt_channel_performance', 'spend'),
        byModel('rpt_campaign_performance', 'spend'),
      ],
      sessions: [
        'select count(*) from fct_sessions',
        'select sum(sessions) from rpt_daily_performance',
      ],
      orders: [
        'select sum(is_valid) from fct_orders',
        'select sum(orders) from rpt_daily_performance',
        'select sum(total_orders) from dim_customers',
        'select sum(orders_paid) from rpt_payment_funnel',
        'select sum(orders) from mart_discounts',
      ],
    };

    for (const [name, queries] of Object.entries(sums)) {
      const columns = queries.map((query, at) => `(${query}) as sum_${at}`);
      const [row = {}] = await database.query(`select ${columns.join(', ')}`);
      const [first = 0, ...others] = Object.values(row).map(Number);
      expect(first, name).toBeGreaterThan(0);
      expect(others, name).toEqual(others.map(() => first));
    }
  });

  test('spend is what the platforms reported', async () => {
    const rows = await database.query(
      'select platform, sum(spend) as spend from fct_ad_spend group by platform order by platform',
    );

    const { options, calendar, advertising } = worldOf('meta_ads');
    const reported = (['google', 'meta', 'tiktok'] as const).map((platform) => {
      let spend = 0;
      for (let day = options.startDate; day <= LAST_DATE; day = calendar.addDays(day, 1)) {
        for (const row of advertising.days(platform, day, LOOKED_AT)) spend += row.metrics.spend;
      }
      return { platform, spend };
    });
    expect(rows.map(({ platform, spend }) => ({ platform, spend: cents(spend) }))).toEqual(
      reported,
    );
  });

  test('persons of the three shops are those of the generator, all of them', async () => {
    const pairs = (await orders()).map(({ world, at, row }) => ({
      person: world.truth.personOf(at.order.index),
      customer: String(row['customer_id']),
    }));

    const persons = new Set(pairs.map(({ person }) => person));
    const customers = new Set(pairs.map(({ customer }) => customer));
    const both = new Set(pairs.map(({ person, customer }) => `${person} ${customer}`));
    expect([customers.size, both.size]).toEqual([persons.size, persons.size]);
    expect(persons.size).toBeLessThan(pairs.length);
  });

  test('a click in the address of an order is the last one, with its channel and campaign', async () => {
    const paths = await touches(database);
    const clicked = (await orders()).filter(
      ({ platform, at }) => platform === 'nuvemshop' && isSale(at) && at.order.visit.click,
    );

    expect(clicked.length).toBeGreaterThan(50);
    for (const { key, at, row } of clicked) {
      const { visit } = at.order;
      const last = (paths.get(String(row['order_id'])) ?? []).at(-1);
      const label = `${key} ${visit.landingUrl}`;
      const isGoogle = visit.click?.platform === 'google';
      expect(last?.channel, label).toBe(isGoogle ? 'Paid Search' : 'Paid Social');
      expect(last?.platform_campaign_id, label).toBe(visit.click?.campaignId);
    }
  });

  test('visits before the order are found, with their campaigns, where the site measured them in a browser that bought', async () => {
    const paths = await touches(database);
    const all = (await orders()).filter(
      ({ platform, at }) => platform === 'nuvemshop' && isSale(at),
    );

    const visits = all.flatMap(({ key, world, at, row }) =>
      observableVisits(world, at).map((visit) => ({
        label: `${key} ${visit.channel} ${new Date(visit.at).toISOString()}`,
        isFound: (paths.get(String(row['order_id'])) ?? []).some(
          (touch) =>
            touch.at === Math.floor(visit.at / 1000) &&
            touch.platform_campaign_id === (visit.click?.campaignId ?? null),
        ),
      })),
    );
    expect(visits.length).toBeGreaterThan(100);
    expect(visits.filter(({ isFound }) => !isFound).map(({ label }) => label)).toEqual([]);
  });
});

function cents(amount: unknown): number {
  return Math.round(Number(amount) * 100);
}

interface PathTouch {
  readonly order_id: unknown;
  readonly at: number;
  readonly channel: string;
  readonly platform_campaign_id: string | null;
}

/** Touches of each order, oldest first, with the second in which they began. */
async function touches(database: TestDatabase): Promise<ReadonlyMap<string, PathTouch[]>> {
  const rows = await database.query(
    `select paths.order_id, floor(unix_timestamp(paths.occurred_at)) as at, channels.channel,
       campaigns.platform_campaign_id
     from int_attribution_paths as paths
     join dim_channels as channels on channels.channel_id = paths.channel_id
     left join dim_campaigns as campaigns on campaigns.campaign_id = paths.campaign_id
     where paths.is_conversion = 1
     order by paths.order_id, paths.touch_position`,
  );
  const paths = new Map<string, PathTouch[]>();
  for (const row of rows) {
    const key = String(row['order_id']);
    paths.set(key, [
      ...(paths.get(key) ?? []),
      { ...(row as unknown as PathTouch), at: Number(row['at']) },
    ]);
  }
  return paths;
}
