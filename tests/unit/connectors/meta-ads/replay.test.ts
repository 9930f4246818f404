import { expect, test } from 'vitest';
import { metaAds } from '../../../../connectors/meta-ads/platform.ts';
import { replay } from '../../../support/replay.ts';

const FACTS = { name: 'Loja Aurora - BRL', timeZone: 'America/Sao_Paulo', currency: 'BRL' };
const WINDOW = { kind: 'dates', from: '2026-10-01', to: '2026-10-04' } as const;

/** What was recorded of lists is the first list, which shows the archive too. */
const account = {
  account_id: 'act_1038472956104733',
  access_token: 'EAA-token-0123456789',
  deleted_objects: false,
};

const list = (stream: string, pageSize: number) =>
  replay({
    platform: metaAds,
    account,
    facts: FACTS,
    stream,
    slice: { kind: 'everything' },
    pageSize,
  });

const insights = (
  recorded: string,
  purpose: 'sync' | 'backfill',
  stream = 'ad_insights_daily',
  pageSize = 4,
) =>
  replay({
    platform: metaAds,
    account,
    facts: FACTS,
    stream,
    slice: WINDOW,
    recorded: [recorded],
    pageSize,
    purpose,
  });

function sum(texts: readonly (string | null)[]): number {
  return Math.round(texts.reduce((total, text) => total + Number(text ?? 0) * 100, 0)) / 100;
}

function totals(replayed: Awaited<ReturnType<typeof insights>>) {
  const { rows } = replayed;
  return {
    rows: rows.length,
    misfits: rows.flatMap(({ misfits }) => misfits).length,
    spend: sum(replayed.column('spend')),
    impressions: sum(replayed.column('impressions')),
    purchases: sum(replayed.column('purchases')),
    purchase_value: sum(replayed.column('purchase_value')),
    withoutPurchases: replayed.column('purchases').filter((value) => value === null).length,
  };
}

test('the account lands with its amounts in the currency', async () => {
  const replayed = await list('ad_account', 1);

  expect(replayed.rows).toHaveLength(1);
  expect([
    replayed.column('currency'),
    replayed.column('balance'),
    replayed.column('amount_spent'),
  ]).toEqual([['BRL'], ['1200.44'], ['482193.77']]);
});

test('campaigns are read to the page without a next link, archived and deleted ones marked', async () => {
  const replayed = await list('campaigns', 2);

  expect(replayed.rows.map(({ isDeleted }) => isDeleted)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
  expect(replayed.column('daily_budget')).toEqual(['250.00', '80.00', '120.00', '300.00', '5.00']);
  expect(replayed.column('created_time')[0]).toBe('2026-09-11 13:00:21.000000');
});

test.each([
  ['adsets', 3, 5],
  ['ads', 2, 6],
  ['ad_creatives', 3, 6],
])('%s are read whole', async (stream, pageSize, expected) => {
  const { rows } = await list(stream, pageSize);

  expect(rows).toHaveLength(expected);
  expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
});

const DAILY = {
  rows: 9,
  misfits: 0,
  spend: 868.81,
  impressions: 95_071,
  purchases: 13,
  purchase_value: 2853.71,
};

test('a backfill orders a report, waits until it is at 100 per cent and pages it', async () => {
  const replayed = await insights('ad_insights_daily', 'backfill');

  expect(totals(replayed)).toMatchObject(DAILY);
  expect(replayed.children).toEqual({
    ad_insights_daily_actions: 50,
    ad_insights_daily_action_values: 30,
  });
});

test('a sync asks for the same rows at once', async () => {
  expect(totals(await insights('ad_insights_daily_sync', 'sync'))).toMatchObject(DAILY);
});

test('the window read later has the restated numbers', async () => {
  expect(totals(await insights('ad_insights_daily_restated', 'backfill'))).toMatchObject({
    rows: 10,
    spend: 868.65,
    impressions: 95_083,
    purchases: 18,
    purchase_value: 3913.31,
  });
});

test('parts of a breakdown are part of the key', async () => {
  const replayed = await insights('ad_insights_age_gender', 'sync', 'ad_insights_age_gender', 3);

  expect(totals(replayed)).toMatchObject({
    rows: 8,
    spend: 188,
    impressions: 12_500,
    purchases: 2,
    purchase_value: 439.8,
  });
});
