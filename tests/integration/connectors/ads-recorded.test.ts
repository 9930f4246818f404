import { describe, expect, test } from 'vitest';
import { metaAds } from '../../../connectors/meta-ads/platform.ts';
import type { SyncOrder } from '../../../connectors/runner/sync/sync-run.ts';
import { tiktokAds } from '../../../connectors/tiktok-ads/platform.ts';
import type { ExpectedRows, TotalsSql } from '../../support/expected-rows.ts';
import { expectedRows, landedRows, whatIsExpected } from '../../support/expected-rows.ts';
import { landRecorded } from '../../support/land-recorded.ts';
import { servers } from '../../support/server.ts';
import type { TestDatabase } from '../../support/server.ts';

/** What was recorded of lists is the first list, which shows what is gone too. */
const META = {
  account_id: '1038472956104733',
  access_token: 'EAA-token-0123456789',
  deleted_objects: false,
};
const TIKTOK = {
  advertiser_id: '7301482200915738626',
  access_token: 'token-0123456789abcdef',
  deleted_objects: false,
};

const DAYS = { since: '2026-10-01', until: '2026-10-03' } as const;
const BACKFILL = { ...DAYS, purpose: 'backfill' } as const;

/** SQL of what `_expected.json` calls totals. */
const TOTALS: TotalsSql = {
  spend: 'sum(spend)',
  impressions: 'sum(impressions)',
  purchases_omni_only: 'sum(purchases)',
  purchase_value_omni_only: 'sum(purchase_value)',
  rows_without_actions_key: "sum(json_extract(_record, '$.actions') is null)",
  complete_payment: 'sum(complete_payment)',
  purchase_value: 'sum(total_complete_payment_rate)',
};

const landed = (own: TestDatabase, table: string, expected: ExpectedRows) =>
  landedRows(own, { table, expected, totals: TOTALS });

const META_STREAMS: readonly (readonly [string, string, number, Partial<SyncOrder>])[] = [
  ['ad_account', 'ad_account', 1, {}],
  ['campaigns', 'campaigns', 2, {}],
  ['adsets', 'adsets', 3, {}],
  ['ads', 'ads', 2, {}],
  ['ad_creatives', 'ad_creatives', 3, {}],
  ['ad_insights_daily', 'ad_insights_daily', 4, BACKFILL],
  ['ad_insights_daily', 'ad_insights_daily_sync', 4, DAYS],
  ['ad_insights_daily', 'ad_insights_daily_restated', 4, BACKFILL],
  ['ad_insights_age_gender', 'ad_insights_age_gender', 3, DAYS],
];

const TIKTOK_STREAMS: readonly (readonly [string, string, number, Partial<SyncOrder>])[] = [
  ['advertisers', 'advertisers', 1, {}],
  ['campaigns', 'campaigns', 2, {}],
  ['adgroups', 'adgroups', 2, {}],
  ['ads', 'ads', 2, {}],
  ['ad_report_daily', 'ad_report_daily', 4, DAYS],
  ['ad_report_daily', 'ad_report_daily_restated', 5, DAYS],
  ['campaign_report_daily', 'campaign_report_daily', 3, DAYS],
  ['ad_report_daily', 'empty', 1000, { since: '2019-01-01', until: '2019-01-02' }],
];

describe.each(servers)('$name', (server) => {
  test.each(META_STREAMS)(
    'meta_ads.%s lands as %s says',
    async (stream, folder, pageSize, order) => {
      const own = await server.database();
      const expected = expectedRows('meta_ads', folder);

      const { results, codes } = await landRecorded({
        own,
        stream,
        pageSize,
        order,
        platform: metaAds,
        settings: META,
        recorded: ['ad_account', ...(folder === 'ad_account' ? [] : [folder])],
      });

      expect(codes).toEqual([]);
      expect(results[0]).toMatchObject({ status: 'success', changes: { misfits: 0, rejected: 0 } });
      expect(await landed(own, `raw_meta_ads_${stream}`, expected)).toEqual(
        whatIsExpected(expected),
      );
    },
  );

  test.each(TIKTOK_STREAMS)(
    'tiktok_ads.%s lands as %s says',
    async (stream, folder, pageSize, order) => {
      const own = await server.database();
      const expected = expectedRows('tiktok_ads', folder);

      const { results, codes } = await landRecorded({
        own,
        stream,
        pageSize,
        order,
        platform: tiktokAds,
        settings: TIKTOK,
        recorded: ['advertisers', ...(folder === 'advertisers' ? [] : [folder])],
      });

      expect(codes).toEqual([]);
      expect(results[0]).toMatchObject({ status: 'success', changes: { misfits: 0, rejected: 0 } });
      expect(await landed(own, `raw_tiktok_ads_${stream}`, expected)).toEqual(
        whatIsExpected(expected),
      );
    },
  );

  test('a window that Meta restated has exactly the later numbers', async () => {
    const own = await server.database();
    const sync = {
      own,
      pageSize: 4,
      platform: metaAds,
      settings: META,
      stream: 'ad_insights_daily',
    };
    await landRecorded({
      ...sync,
      recorded: ['ad_account', 'ad_insights_daily_sync'],
      order: DAYS,
    });

    const { results } = await landRecorded({
      ...sync,
      recorded: ['ad_account', 'ad_insights_daily_restated'],
      order: { ...BACKFILL, fullRefresh: true },
    });

    const expected = expectedRows('meta_ads', 'ad_insights_daily_restated');
    expect(results[0]?.changes).toMatchObject({ added: 1, deleted: 0 });
    expect(await landed(own, 'raw_meta_ads_ad_insights_daily', expected)).toEqual(
      whatIsExpected(expected),
    );
  });

  test('a window that TikTok restated has exactly the later numbers', async () => {
    const own = await server.database();
    const sync = {
      own,
      platform: tiktokAds,
      settings: TIKTOK,
      stream: 'ad_report_daily',
      order: DAYS,
    };
    await landRecorded({ ...sync, pageSize: 4, recorded: ['advertisers', 'ad_report_daily'] });

    await landRecorded({
      ...sync,
      pageSize: 5,
      recorded: ['advertisers', 'ad_report_daily_restated'],
    });

    const expected = expectedRows('tiktok_ads', 'ad_report_daily_restated');
    expect(await landed(own, 'raw_tiktok_ads_ad_report_daily', expected)).toEqual(
      whatIsExpected(expected),
    );
  });
});
