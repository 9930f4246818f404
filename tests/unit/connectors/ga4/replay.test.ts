import { createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Ga4Account } from '../../../../connectors/ga4/account.ts';
import { ga4Http } from '../../../../connectors/ga4/api.ts';
import { ga4 } from '../../../../connectors/ga4/platform.ts';
import { TokenRefused } from '../../../../connectors/sdk/http.ts';
import { replay } from '../../../support/replay.ts';
import type { Replay } from '../../../support/replay.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const ACCOUNT = {
  property_id: '398172645',
  client_email: 'leitor@aurora.iam.gserviceaccount.com',
  private_key: privateKey,
};

const read = (stream: string, more: Partial<Replay<Ga4Account>> = {}) =>
  replay({
    platform: ga4,
    account: ACCOUNT,
    facts: { name: 'Loja Aurora', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice: { kind: 'dates', from: '2026-10-01', to: '2026-10-04' },
    ignored: ['assertion'],
    ...more,
    recorded: ['_oauth', ...(more.recorded ?? [stream])],
  });

const total = (texts: readonly (string | null)[]) =>
  texts.reduce((sum, text) => sum + Math.round(Number(text) * 100), 0) / 100;

test.each([
  ['traffic_daily', 6, 16, { sessions: 5471, ecommerce_purchases: 45, purchase_revenue: 9895.5 }],
  ['transactions', 3, 7, { purchase_revenue: 1614.11 }],
  ['items_daily', 3, 5, { item_revenue: 1529.1 }],
  ['events_daily', 6, 15, { event_count: 34_926 }],
])(
  '%s is read until as many rows came as Google counts',
  async (stream, pageSize, rows, totals) => {
    const replayed = await read(stream, { pageSize });

    expect(replayed.rows).toHaveLength(rows);
    expect(replayed.rows.flatMap(({ misfits }) => misfits)).toEqual([]);
    expect(
      Object.fromEntries(Object.keys(totals).map((name) => [name, total(replayed.column(name))])),
    ).toEqual(totals);
  },
);

test('a window that is read again later has what Google says then', async () => {
  const replayed = await read('traffic_daily', {
    recorded: ['traffic_daily_restated'],
    pageSize: 9,
  });

  expect(replayed.rows).toHaveLength(17);
  expect(total(replayed.column('purchase_revenue'))).toBe(10_115.4);
});

test('what Google says of the whole answer stands beside every row', async () => {
  const replayed = await read('city_daily', {
    recorded: ['sampled_thresholded'],
    slice: { kind: 'dates', from: '2026-10-01', to: '2026-10-02' },
    pageSize: 2,
  });

  expect(replayed.column('is_sampled')).toEqual(['1', '1', '1', '1']);
  expect(replayed.column('has_other_row')).toEqual(['1', '1', '1', '1']);
  expect(new Set(replayed.notices).size).toBe(3);
});

test('events come from BigQuery with their parameters and products', async () => {
  const replayed = await read('events', {
    account: {
      ...ACCOUNT,
      bigquery_project: 'aurora-analytics',
      bigquery_location: 'southamerica-east1',
    },
    recorded: ['bigquery_events'],
    slice: { kind: 'dates', from: '2026-10-01', to: '2026-10-03' },
    pageSize: 3,
    ignored: ['assertion', 'location'],
  });

  expect(replayed.rows).toHaveLength(5);
  expect(replayed.rows.flatMap(({ misfits }) => misfits)).toEqual([]);
  expect(replayed.children).toEqual({ event_params: 19, event_items: 3 });
  expect(replayed.column('ga_session_id')[0]).toBe('1790866801');
});

test('events without an export say what to set', async () => {
  await expect(read('events', { recorded: [] })).rejects.toThrow(/bigquery_project/);
});

test('the claim is signed for an hour, whichever way the key writes its line breaks', () => {
  const account = ga4.account.parse({
    ...ACCOUNT,
    private_key: privateKey.replaceAll('\n', '\\n'),
  });
  const request = ga4Http.tokens?.request(account, undefined, Date.parse('2026-10-05T12:00:00Z'));

  const [head = '', claim = '', signature = ''] = String(request?.form?.['assertion']).split('.');
  const verify = createVerify('RSA-SHA256').update(`${head}.${claim}`);
  expect(verify.verify(createPublicKey(publicKey), signature, 'base64url')).toBe(true);
  expect(JSON.parse(Buffer.from(claim, 'base64url').toString())).toMatchObject({
    iss: ACCOUNT.client_email,
    iat: 1_791_201_600,
    exp: 1_791_205_200,
  });
});

test('a key that is none is refused without being quoted', () => {
  const account = ga4.account.parse({ ...ACCOUNT, private_key: 'no key' });

  expect(() => ga4Http.tokens?.request(account, undefined, 0)).toThrow(TokenRefused);
});
