import { beforeAll, describe, expect, test } from 'vitest';
import { analyticsFixture } from '../../support/analytics-fixture.ts';
import { packProject } from '../../support/pack-project.ts';
import type { TestDatabase } from '../../support/server.ts';
import { servers } from '../../support/server.ts';
import { stagedItem, stagedOrder, stageRows } from '../../support/staged-rows.ts';

const MINUTES = 60_000;
const VISITS = analyticsFixture<ChannelExample>('F15_channel_grouping.json').expected;
const [PRODUCTS = []] = analyticsFixture<AbcExample>('F9_abc_small.json').cases;

/** Where the pack differs on purpose: letters are folded, short names of Meta are social, WhatsApp is a channel. */
const OWN_RULES: Readonly<Record<string, string>> = {
  'meta paid_social': 'Paid Social',
};

describe.each(servers)('channels and ABC of the worked examples on $name', (server) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await server.database();
    const sold = PRODUCTS.filter((product) => Number(product.revenue) > 0);
    const { files, vars } = await stageRows(database, {
      sessions: VISITS.map((visit, index) => ({
        origin: 'ga4',
        session_key: `visit${index}`,
        anonymous_id: `browser${index}`,
        started_at: '2025-03-01 12:00:00',
        source: visit.source,
        medium: visit.medium,
        campaign: visit.campaign,
      })),
      products: PRODUCTS.map((product) => ({
        platform: 'fixture',
        store_id: 's1',
        external_product_id: product.product,
        product_name: product.product,
        is_active: 1,
        is_deleted: 0,
      })),
      orders: sold.map((product) =>
        stagedOrder({ external_order_id: product.product, created_at: '2025-03-01 12:00:00' }),
      ),
      order_items: sold.map((product) =>
        stagedItem({
          external_order_id: product.product,
          external_product_id: product.product,
          external_variant_id: product.product,
          unit_price: product.revenue,
        }),
      ),
    });
    using project = packProject(database, { vars: { ...vars, as_of: '2025-06-30' }, files });
    const built = await project.run('build');
    expect(built.exitCode, built.stderr).toBe(0);
  }, 10 * MINUTES);

  test.each(VISITS.map((visit, index) => ({ ...visit, index })))(
    '$source / $medium / $campaign is $channel',
    async ({ source, medium, channel, disputed, index }) => {
      const [row] = await database.query(
        `select c.channel from fct_sessions as s join dim_channels as c on c.channel_id = s.channel_id
         where s.session_key = 'visit${index}'`,
      );

      const own = disputed ? OWN_RULES[`${source} ${medium}`] : undefined;
      expect(row?.['channel']).toBe(own ?? channel);
    },
  );

  test('products are in the classes of F9', async () => {
    const rows = await database.query(
      `select p.external_product_id, a.abc_classification, a.cumulative_share
       from mart_product_abc as a join dim_products as p on p.product_id = a.product_id`,
    );

    const found = new Map(rows.map((row) => [row['external_product_id'], row]));
    expect(found.size).toBe(PRODUCTS.length);
    for (const product of PRODUCTS) {
      const row = found.get(product.product) ?? {};
      expect(row['abc_classification'], product.product).toBe(product.abc);
      expect(Number(row['cumulative_share'])).toBeCloseTo(product.cumulative_share, 9);
    }
  });
});

interface ChannelExample {
  readonly expected: readonly {
    readonly source: string | null;
    readonly medium: string | null;
    readonly campaign: string | null;
    readonly channel: string;
    readonly disputed: boolean;
  }[];
}

interface AbcExample {
  readonly cases: readonly (readonly {
    readonly product: string;
    readonly revenue: string;
    readonly cumulative_share: number;
    readonly abc: string;
  }[])[];
}
