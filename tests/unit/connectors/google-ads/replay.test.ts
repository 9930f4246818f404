import { expect, test } from 'vitest';
import type { GoogleAdsAccount } from '../../../../connectors/google-ads/account.ts';
import { googleAds } from '../../../../connectors/google-ads/platform.ts';
import { replay } from '../../../support/replay.ts';
import type { Replay } from '../../../support/replay.ts';

const CREDENTIALS = ['client_id', 'client_secret', 'refresh_token'];

const read = (stream: string, recorded: string, more: Partial<Replay<GoogleAdsAccount>> = {}) =>
  replay({
    platform: googleAds,
    account: {
      customer_id: '482-910-3756',
      login_customer_id: '7710034821',
      developer_token: 'developer-token',
      client_id: 'client',
      client_secret: 'client-secret',
      refresh_token: 'refresh-token',
    },
    facts: { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice: { kind: 'everything' },
    recorded: ['_oauth', recorded],
    ignored: CREDENTIALS,
    ...more,
  });

const days = (from: string, to: string) => ({ slice: { kind: 'dates', from, to } as const });

const total = (texts: readonly (string | null)[]) =>
  texts.reduce((sum, text) => sum + Math.round(Number(text) * 1e6), 0) / 1e6;

const whole = ({ rows }: Awaited<ReturnType<typeof read>>) => ({
  rows: rows.length,
  misfits: rows.flatMap(({ misfits }) => misfits).length,
});

test('the customer says its currency and zone', async () => {
  const replayed = await read('customer', 'customer');

  expect(whole(replayed)).toEqual({ rows: 1, misfits: 0 });
  expect([replayed.column('currency_code'), replayed.column('time_zone')]).toEqual([
    ['BRL'],
    ['America/Sao_Paulo'],
  ]);
});

test.each([
  ['campaigns', 'campaign', 5],
  ['ad_groups', 'ad_group', 4],
  ['ads', 'ad_group_ad', 4],
])('%s are read to the last page', async (stream, recorded, rows) => {
  expect(whole(await read(stream, recorded))).toEqual({ rows, misfits: 0 });
});

test('removed campaigns are marked, not lost', async () => {
  const replayed = await read('campaigns', 'campaign');

  const removed = replayed.rows.filter(({ isDeleted }) => isDeleted).length;
  expect(removed).toBe(replayed.column('status').filter((status) => status === 'REMOVED').length);
});

test.each([
  [
    'campaign_daily',
    { cost: 853.450001, clicks: 987, conversions: 20.333333, conversions_value: 4662.85 },
  ],
  [
    'campaign_daily_restated',
    { cost: 853.170001, clicks: 986, conversions: 22.333333, conversions_value: 5132.65 },
  ],
])('%s has the whole spend, micros exactly', async (recorded, expected) => {
  const replayed = await read('campaign_daily', recorded, days('2026-10-01', '2026-10-04'));

  expect(whole(replayed)).toEqual({ rows: 10, misfits: 0 });
  const names = Object.keys(expected);
  expect(Object.fromEntries(names.map((name) => [name, total(replayed.column(name))]))).toEqual(
    expected,
  );
});

test('ads have no rows of Performance Max', async () => {
  const replayed = await read('ad_daily', 'ad_group_ad_daily', days('2026-10-01', '2026-10-04'));

  expect(whole(replayed)).toEqual({ rows: 6, misfits: 0 });
  expect([total(replayed.column('cost')), total(replayed.column('impressions'))]).toEqual([
    363.19, 94043,
  ]);
});

test('search terms may hold quotes', async () => {
  const replayed = await read('search_terms', 'search_term_view', days('2026-10-01', '2026-10-03'));

  expect(whole(replayed)).toEqual({ rows: 4, misfits: 0 });
  expect(replayed.column('search_term')).toContain('vestido longo "barato"');
});

test('clicks are asked for by one day', async () => {
  const replayed = await read('clicks', 'click_view', days('2026-10-01', '2026-10-02'));

  expect(whole(replayed)).toEqual({ rows: 3, misfits: 0 });
});

test('conversions by action are asked for without spend', async () => {
  const replayed = await read(
    'conversion_action_daily',
    'conversion_action_daily',
    days('2026-10-01', '2026-10-02'),
  );

  expect(whole(replayed)).toEqual({ rows: 3, misfits: 0 });
});
