import { expect, test } from 'vitest';
import { tiktokAds } from '../../../../connectors/tiktok-ads/platform.ts';
import { replay } from '../../../support/replay.ts';
import type { Replay } from '../../../support/replay.ts';
import type { TiktokAdsAccount } from '../../../../connectors/tiktok-ads/account.ts';

const read = (stream: string, more: Partial<Replay<TiktokAdsAccount>> = {}) =>
  replay({
    platform: tiktokAds,
    // What was recorded of lists is the first list, which shows deleted objects too.
    account: {
      advertiser_id: '7301482200915738626',
      access_token: 'token-0123456789abcdef',
      deleted_objects: false,
    },
    facts: { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice: { kind: 'everything' },
    ...more,
  });

const report = (stream: string, recorded: string, pageSize: number) =>
  read(stream, {
    slice: { kind: 'dates', from: '2026-10-01', to: '2026-10-04' },
    recorded: [recorded],
    pageSize,
  });

function sum(texts: readonly (string | null)[]): number {
  return Math.round(texts.reduce((total, text) => total + Number(text ?? 0) * 100, 0)) / 100;
}

function totals(replayed: Awaited<ReturnType<typeof read>>) {
  const { rows, records } = replayed;
  const metrics = records.flatMap((record) => Object.values(record['metrics'] ?? {}));
  return {
    rows: rows.length,
    misfits: rows.flatMap(({ misfits }) => misfits).length,
    spend: sum(replayed.column('spend')),
    impressions: sum(replayed.column('impressions')),
    complete_payment: sum(replayed.column('complete_payment')),
    purchase_value: sum(replayed.column('total_complete_payment_rate')),
    null_markers: metrics.filter((value) => value === '-').length,
  };
}

test('the advertiser is one record without pages', async () => {
  const replayed = await read('advertisers');

  expect(replayed.rows).toHaveLength(1);
  expect([replayed.column('balance'), replayed.column('create_time')]).toEqual([
    ['1240.5'],
    ['2023-09-11 14:20:00.000000'],
  ]);
});

test('campaigns are read to the last page, the deleted one marked', async () => {
  const { rows } = await read('campaigns', { pageSize: 2 });

  expect(rows.map(({ isDeleted }) => isDeleted)).toEqual([false, false, false, true]);
});

test('ad groups are read whole', async () => {
  const { rows } = await read('adgroups', { pageSize: 2 });

  expect(rows).toHaveLength(3);
  expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
});

test('ads keep the digits of bare integers, and a change that is not told is NULL', async () => {
  const replayed = await read('ads', { pageSize: 2 });

  expect(replayed.rows).toHaveLength(5);
  expect(replayed.column('tracking_pixel_id')[0]).toBe('7301990011223344556');
  expect(Buffer.from(replayed.rows[0]?.json ?? []).toString()).toContain('7301990011223344556');
  expect(replayed.column('modify_time').at(-1)).toBeNull();
});

test('a report lands with the advertiser, its value of purchases and NULL for -', async () => {
  const replayed = await report('ad_report_daily', 'ad_report_daily', 4);

  expect(totals(replayed)).toEqual({
    rows: 9,
    misfits: 0,
    spend: 615.44,
    impressions: 153_282,
    complete_payment: 8,
    purchase_value: 1729.2,
    null_markers: 10,
  });
  expect(new Set(replayed.column('advertiser_id'))).toEqual(new Set(['7301482200915738626']));
  expect(replayed.column('video_play_actions')).toContain(null);
});

test('the window read later has the restated numbers', async () => {
  expect(totals(await report('ad_report_daily', 'ad_report_daily_restated', 5))).toEqual({
    rows: 10,
    misfits: 0,
    spend: 619.57,
    impressions: 154_142,
    complete_payment: 11,
    purchase_value: 2388.9,
    null_markers: 11,
  });
});

test('a report by campaign is one of its own', async () => {
  const { rows } = await report('campaign_report_daily', 'campaign_report_daily', 3);

  expect(rows).toHaveLength(5);
});

test('a window without delivery has no rows', async () => {
  const { rows } = await read('ad_report_daily', {
    slice: { kind: 'dates', from: '2019-01-01', to: '2019-01-03' },
    recorded: ['empty'],
  });

  expect(rows).toEqual([]);
});
