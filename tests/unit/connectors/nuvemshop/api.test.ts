import { expect, test } from 'vitest';
import { nuvemshopAccount } from '../../../../connectors/nuvemshop/account.ts';
import { nuvemshopHttp } from '../../../../connectors/nuvemshop/api.ts';

const account = nuvemshopAccount.parse({
  store_id: '2981734',
  access_token: 'not-a-real-token',
  contact_email: 'dados@exemplo.com.br',
});

const paceAt = (limit: string, remaining: string) =>
  nuvemshopHttp.pace?.({
    status: 200,
    headers: {
      'x-rate-limit-limit': limit,
      'x-rate-limit-remaining': remaining,
      'x-rate-limit-reset': '18500',
    },
    body: [],
  });

test('a call carries the token and the contact that Nuvemshop demands', () => {
  expect(nuvemshopHttp.authorize(account, undefined)).toEqual({
    headers: {
      Authentication: 'bearer not-a-real-token',
      'User-Agent': 'Cortex Analytics (dados@exemplo.com.br)',
    },
  });
});

test('two slots of the bucket are left to other calls of the app', () => {
  expect(paceAt('40', '30')).toEqual({
    state: '30 of 40 left',
    left: 28,
    bucket: { size: 38, perSecond: 2 },
  });
});

test('a bucket of the upper plans leaks ten times as fast', () => {
  expect(paceAt('400', '1')).toEqual({
    state: '1 of 400 left',
    left: -1,
    bucket: { size: 398, perSecond: 20 },
  });
});

test('an answer without rate headers says nothing', () => {
  expect(nuvemshopHttp.pace?.({ status: 200, headers: {}, body: [] })).toBeUndefined();
});
