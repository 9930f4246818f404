import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ga4 } from '../../../connectors/ga4/platform.ts';
import { googleAds } from '../../../connectors/google-ads/platform.ts';
import type { SyncOrder } from '../../../connectors/runner/sync/sync-run.ts';
import type { PlatformDefinition } from '../../../connectors/sdk/definition.ts';
import { shopify } from '../../../connectors/shopify/platform.ts';
import type { SimulatorRequest } from '../../../connectors/simulators/simulator.ts';
import type { TotalsSql } from '../../support/expected-rows.ts';
import { expectedRows, landedRows, whatIsExpected } from '../../support/expected-rows.ts';
import type { RecordedSync } from '../../support/land-recorded.ts';
import { landRecorded } from '../../support/land-recorded.ts';
import { servers } from '../../support/server.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

interface Side extends Pick<RecordedSync, 'settings' | 'ignored' | 'windowDays' | 'unrecorded'> {
  readonly platform: PlatformDefinition;
  /** Folders that every sync asks for. */
  readonly always: readonly string[];
  readonly totals: TotalsSql;
  readonly childTable: (name: string) => string;
}

const SHOPIFY: Side = {
  platform: shopify,
  settings: { shop: 'loja-aurora.myshopify.com', client_id: 'id', client_secret: 'secret-0123' },
  ignored: ['query', 'client_id', 'client_secret', 'X-Goog-Signature'],
  always: ['_auth', 'shop'],
  // Test orders are none of the shop's.
  totals: {
    totalPrice: 'sum(if(is_test = 1, 0, total_price))',
    currentTotalPrice: 'sum(if(is_test = 1, 0, current_total_price))',
    totalRefunded: 'sum(if(is_test = 1, 0, total_refunded))',
  },
  childTable: (name) =>
    `raw_shopify_${{ line_items: 'order_line_items', discount_applications: 'order_discount_applications', shipping_lines: 'order_shipping_lines', discount_allocations: 'order_discount_allocations', addresses: 'customer_addresses' }[name] ?? name}`,
};

const GOOGLE: Side = {
  platform: googleAds,
  settings: {
    customer_id: '482-910-3756',
    login_customer_id: '7710034821',
    developer_token: 'developer-token',
    client_id: 'client',
    client_secret: 'client-secret',
    refresh_token: 'refresh-token',
  },
  ignored: ['client_id', 'client_secret', 'refresh_token'],
  always: ['_oauth', 'customer'],
  totals: {
    cost_brl: 'sum(cost)',
    clicks: 'sum(clicks)',
    impressions: 'sum(impressions)',
    conversions: 'sum(conversions)',
    conversions_value: 'sum(conversions_value)',
  },
  childTable: (name) => name,
};

/** A report of yesterday and today, which is how a property is asked for its zone: not among the fixtures. */
function propertyFacts(request: SimulatorRequest) {
  if (!request.text.includes('"yesterday"')) return undefined;
  return {
    status: 200,
    body: { metadata: { timeZone: 'America/Sao_Paulo', currencyCode: 'BRL' }, rowCount: 0 },
  };
}

const ANALYTICS: Side = {
  platform: ga4,
  settings: {
    property_id: '398172645',
    client_email: 'leitor@aurora.iam.gserviceaccount.com',
    private_key: privateKey,
    bigquery_project: 'aurora-analytics',
    bigquery_location: 'southamerica-east1',
  },
  ignored: ['assertion', 'location'],
  always: ['_oauth'],
  windowDays: 30,
  unrecorded: propertyFacts,
  totals: {
    sessions: 'sum(sessions)',
    ecommercePurchases: 'sum(ecommerce_purchases)',
    purchaseRevenue: 'sum(purchase_revenue)',
    itemRevenue: 'sum(item_revenue)',
    eventCount: 'sum(event_count)',
  },
  childTable: (name) => `raw_ga4_${name === 'items' ? 'event_items' : name}`,
};

const DAYS = { since: '2026-10-01', until: '2026-10-03' } as const;
const ONE_DAY = { since: '2026-10-01', until: '2026-10-01' } as const;
const TWO_DAYS = { since: '2026-10-01', until: '2026-10-02' } as const;
const BACKFILL = { ...DAYS, purpose: 'backfill' } as const;

type Case = readonly [
  side: Side,
  stream: string,
  folder: string,
  pageSize: number,
  order: Partial<SyncOrder>,
];

const CASES: readonly Case[] = [
  [SHOPIFY, 'shop', 'shop', 1, {}],
  [SHOPIFY, 'orders', 'orders', 3, DAYS],
  [SHOPIFY, 'orders', 'bulk_orders', 100, BACKFILL],
  [SHOPIFY, 'order_refunds', 'order_refunds', 2, DAYS],
  [SHOPIFY, 'order_transactions', 'order_transactions', 2, DAYS],
  [SHOPIFY, 'products', 'products', 2, DAYS],
  [SHOPIFY, 'customers', 'customers', 2, DAYS],
  [SHOPIFY, 'abandoned_checkouts', 'abandoned_checkouts', 2, DAYS],
  [SHOPIFY, 'deletion_events', 'deletion_events', 2, DAYS],
  [GOOGLE, 'customer', 'customer', 10_000, {}],
  [GOOGLE, 'campaigns', 'campaign', 10_000, {}],
  [GOOGLE, 'ad_groups', 'ad_group', 10_000, {}],
  [GOOGLE, 'ads', 'ad_group_ad', 10_000, {}],
  [GOOGLE, 'campaign_daily', 'campaign_daily', 10_000, DAYS],
  [GOOGLE, 'campaign_daily', 'campaign_daily_restated', 10_000, DAYS],
  [GOOGLE, 'ad_daily', 'ad_group_ad_daily', 10_000, DAYS],
  [GOOGLE, 'search_terms', 'search_term_view', 10_000, TWO_DAYS],
  [GOOGLE, 'clicks', 'click_view', 10_000, ONE_DAY],
  [GOOGLE, 'conversion_action_daily', 'conversion_action_daily', 10_000, ONE_DAY],
  [ANALYTICS, 'traffic_daily', 'traffic_daily', 6, DAYS],
  [ANALYTICS, 'traffic_daily', 'traffic_daily_restated', 9, DAYS],
  [ANALYTICS, 'transactions', 'transactions', 3, DAYS],
  [ANALYTICS, 'items_daily', 'items_daily', 3, DAYS],
  [ANALYTICS, 'events_daily', 'events_daily', 6, DAYS],
  [ANALYTICS, 'city_daily', 'sampled_thresholded', 2, ONE_DAY],
  [ANALYTICS, 'events', 'bigquery_events', 3, TWO_DAYS],
];

/** What Google says of an estimated or thinned out report. */
const NOTICES: Readonly<Record<string, number>> = {
  sampled_thresholded: 3,
  traffic_daily_restated: 1,
};

describe.each(servers)('$name', (server) => {
  test.each(
    CASES.map((one) => ({ name: `${one[0].platform.name}.${one[1]}`, folder: one[2], one })),
  )('$name lands as $folder says', async ({ folder, one: [side, stream, , pageSize, order] }) => {
    const own = await server.database();
    const { platform, always, totals, childTable } = side;
    const expected = expectedRows(platform.name, folder);

    const { results, codes } = await landRecorded({
      ...side,
      own,
      stream,
      pageSize,
      order,
      recorded: [...new Set([...always, folder])],
    });

    expect(codes).toEqual(Array.from({ length: NOTICES[folder] ?? 0 }, () => 'CX7213'));
    expect(results[0]).toMatchObject({ status: 'success', changes: { misfits: 0, rejected: 0 } });
    const table = `raw_${platform.name}_${stream}`;
    expect(await landedRows(own, { table, expected, totals, childTable })).toEqual(
      whatIsExpected(expected),
    );
  });

  test.each([
    [GOOGLE, 'campaign_daily', 10_000, 10_000],
    [ANALYTICS, 'traffic_daily', 6, 9],
  ] as const)(
    'a window that $platform.label restated has exactly the later numbers',
    async (...row) => {
      const [side, stream, before, after] = row;
      const own = await server.database();
      const { platform, always, totals } = side;
      const sync = { ...side, own, stream, order: DAYS };
      await landRecorded({ ...sync, pageSize: before, recorded: [...always, stream] });

      const folder = `${stream}_restated`;
      await landRecorded({ ...sync, pageSize: after, recorded: [...always, folder] });

      const expected = expectedRows(platform.name, folder);
      const table = `raw_${platform.name}_${stream}`;
      expect(await landedRows(own, { table, expected, totals })).toEqual(whatIsExpected(expected));
    },
  );
});
