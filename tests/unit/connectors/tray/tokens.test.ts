import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { trayAccount } from '../../../../connectors/tray/account.ts';
import { readGrant, trayTokens } from '../../../../connectors/tray/tokens.ts';
import { TokenRefused } from '../../../../connectors/sdk/http.ts';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { platformFixtures } from '../../../support/platform-fixture.ts';

const settings = {
  store_id: '1104532',
  api_address: 'https://lojaaurora.commercesuite.com.br/web_api/',
  consumer_key: 'key',
  consumer_secret: 'hush',
};
const account = trayAccount.parse({ ...settings, code: 'once' });

const recorded = (file: string) =>
  JSON.parse(readFileSync(new URL(`_auth/${file}`, platformFixtures('tray')), 'utf8')) as JsonValue;
const granted = (body: JsonValue, now: string) =>
  readGrant({ status: 201, headers: {}, body }, Date.parse(now), account);

test('the code of the installation is traded for the first tokens', () => {
  expect(trayTokens.request(account, undefined, 0)).toEqual({
    method: 'POST',
    url: '/web_api/auth',
    form: { consumer_key: 'key', consumer_secret: 'hush', code: 'once' },
    isAnonymous: true,
  });
});

test('a refresh token is sent in the query', () => {
  expect(trayTokens.request(account, 'refresh-1', 0)).toEqual({
    url: '/web_api/auth',
    query: { refresh_token: 'refresh-1' },
    isAnonymous: true,
  });
});

test('without a refresh token and a code there is nothing to ask with', () => {
  expect(() => trayTokens.request(trayAccount.parse(settings), undefined, 0)).toThrow(TokenRefused);
});

test('tokens end at the time that Tray tells, in Brasília', () => {
  expect(granted(recorded('token.json'), '2026-10-01T12:00:00Z')).toMatchObject({
    refreshToken: 'REFRESH-1-REDACTED',
    expiresAt: Date.parse('2026-10-01T15:00:00Z'),
  });
});

test('tokens never last longer than three hours', () => {
  expect(granted(recorded('refresh.json'), '2026-10-01T12:00:00Z').expiresAt).toBe(
    Date.parse('2026-10-01T15:00:00Z'),
  );
});

test('an answer without tokens is a refusal', () => {
  expect(() => granted({ code: 401, message: 'Unauthorized' }, '2026-10-01T12:00:00Z')).toThrow(
    TokenRefused,
  );
});

test('tokens of another store than the project names are of the wrong account', () => {
  const other = { ...(recorded('token.json') as object), store_id: 7 } as JsonValue;

  expect(() => granted(other, '2026-10-01T12:00:00Z')).toThrow('tokens of store 7');
});
