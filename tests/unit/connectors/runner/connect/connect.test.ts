import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CortexError } from '../../../../../cli/kernel/errors.ts';
import { template } from '../../../../../connectors/_template/platform.ts';
import { checkAccounts } from '../../../../../connectors/runner/connect/check-accounts.ts';
import { exchangeCredentials } from '../../../../../connectors/runner/connect/exchange-credentials.ts';
import { keepCredentials } from '../../../../../connectors/runner/connect/keep-credentials.ts';
import { readCredentials } from '../../../../../connectors/runner/credentials/credentials-file.ts';
import { openHttpWorld } from '../../../../../connectors/runner/http/open-http-world.ts';
import type { SyncEvent } from '../../../../../connectors/runner/sync/sync-event.ts';
import type { PlatformDefinition } from '../../../../../connectors/sdk/definition.ts';
import { TokenRefused } from '../../../../../connectors/sdk/http.ts';
import { Secret } from '../../../../../connectors/sdk/secret.ts';
import { textAt } from '../../../../../connectors/sdk/value-source.ts';
import { answeringServer, json } from '../../../../support/answering-server.ts';
import { jumpingClock } from '../../../../support/jumping-clock.ts';
import { templateShop } from '../../../../support/template-shop.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-connect-'));
});

const events: SyncEvent[] = [];
const onEvent = (event: SyncEvent) => void events.push(event);

afterEach(() => events.splice(0));
afterEach(() => rmSync(folder, { recursive: true }));

const world = () =>
  openHttpWorld({
    clock: jumpingClock(),
    random: () => 0.5,
    signal: new AbortController().signal,
  });

function accountOf(origin: string, id: string) {
  return {
    id,
    settings: { shop_id: id, token: new Secret('token-0123456789abcdef') },
    origin,
    credentialsPath: join(folder, `${id}.json`),
    span: { file: 'cortex_project.yml', start: 0, end: 0 },
  };
}

const platformWith = (...accounts: readonly ReturnType<typeof accountOf>[]) => ({
  definition: template as PlatformDefinition,
  accounts,
  streams: [],
  startDate: undefined,
  place: { database: 'shop', tablePrefix: 'raw_' },
});

test('a check says what each account is, or what is wrong with it', async () => {
  await using shop = await templateShop({ currency: 'BRL' });
  shop.world.intercept = ({ url }) =>
    url.pathname === '/shops/8' ? json(401, { message: 'no such token' }) : undefined;
  await using http = await world();
  const account = (id: string) => accountOf(shop.origin, id);

  const checks = await checkAccounts(http, [platformWith(account('7'), account('8'))], onEvent);

  expect(checks).toMatchObject([
    { facts: { name: 'Loja', currency: 'BRL', timeZone: 'America/Sao_Paulo' } },
    {
      problem: {
        code: 'CX7201',
        message: '`template` of account `8` cannot be read: no such token',
      },
    },
  ]);
});

test('a check tells why it waits, and that the clocks differ', async () => {
  await using shop = await templateShop({ currency: 'BRL' });
  const limited = json(
    429,
    { message: 'the store is at its limit' },
    { 'retry-after': '30', date: 'Mon, 05 Oct 2026 09:00:00 GMT' },
  );
  let calls = 0;
  shop.world.intercept = () => (calls++ === 0 ? limited : undefined);
  await using http = await world();

  const [check] = await checkAccounts(http, [platformWith(accountOf(shop.origin, '7'))], onEvent);

  expect(check).toMatchObject({ facts: { name: 'Loja' } });
  const place = { platform: 'template', accountId: '7' };
  expect(events).toContainEqual({
    type: 'waiting',
    place,
    reason: 'the store is at its limit',
    ms: 30_000,
  });
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'problem',
      place,
      diagnostic: expect.objectContaining({ code: 'CX7219' }) as unknown,
    }),
  );
});

test('answers without an exchange are settings and secrets', async () => {
  await using http = await world();

  const result = await exchangeCredentials(template as PlatformDefinition, http, {
    answers: { token: 'typed' },
    onEvent,
  });

  expect(result).toEqual({ account: {}, secrets: { token: 'typed' } });
});

test('an exchange is the platform’s, and its refusal holds no secret', async () => {
  await using server = await answeringServer((response, request) =>
    request.body.includes('right-code')
      ? json(200, { token: 'given' })(response, request)
      : json(400, { message: 'code wrong-code-1 is spent' })(response, request),
  );
  await using http = await world();
  const definition: PlatformDefinition = {
    ...(template as PlatformDefinition),
    http: { ...(template as PlatformDefinition).http, otherOrigins: [server.origin] },
    connect: {
      ...template.connect,
      exchange: async ({ token = '' }, platform) => {
        const answer = await platform.send({
          url: `${server.origin}/token`,
          form: { code: token },
        });
        if (typeof answer === 'string') throw new TokenRefused('no token');
        return { account: { shop_id: '7' }, secrets: { token: textAt(answer.body, 'token') } };
      },
    },
  };

  const result = await exchangeCredentials(definition, http, {
    answers: { token: 'right-code-1' },
    onEvent,
  });
  const refused = await exchangeCredentials(definition, http, {
    answers: { token: 'wrong-code-1' },
    onEvent,
  }).catch((error: unknown) => error);

  expect(result).toEqual({ account: { shop_id: '7' }, secrets: { token: 'given' } });
  expect((refused as CortexError).diagnostics[0]).toMatchObject({
    code: 'CX7201',
    message: 'Template gives no credentials: code [secret] is spent',
  });
});

test('an exchange may be an address of the platform’s only origin', async () => {
  await using server = await answeringServer(json(200, { token: 'given' }));
  await using http = await world();
  const { http: policy, connect } = template as PlatformDefinition;
  const { otherOrigins: _none, ...own } = policy;
  const definition: PlatformDefinition = {
    ...(template as PlatformDefinition),
    http: { ...own, origin: () => server.origin },
    connect: {
      ...connect,
      exchange: async (_answers, platform) => {
        const answer = await platform.send({ url: '/oauth/token' });
        const body = typeof answer === 'string' ? undefined : answer.body;
        return { account: {}, secrets: { token: textAt(body, 'token') } };
      },
    },
  };

  const result = await exchangeCredentials(definition, http, {
    answers: { token: 'code-1' },
    onEvent,
  });

  expect(result.secrets).toEqual({ token: 'given' });
});

test('what was given is kept in the account’s own file', () => {
  const path = keepCredentials(template as PlatformDefinition, folder, '7', {
    account: { shop_id: '7' },
    secrets: { token: 'given' },
  });

  expect(path).toBe(join(folder, 'template-7.json'));
  expect(readCredentials(path)).toEqual({ account: { shop_id: '7' }, secrets: { token: 'given' } });
});
