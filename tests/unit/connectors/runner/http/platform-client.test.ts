import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { template } from '../../../../../connectors/_template/platform.ts';
import type { Account } from '../../../../../connectors/_template/platform.ts';
import { writeCredentials } from '../../../../../connectors/runner/credentials/credentials-file.ts';
import type { HttpEvent } from '../../../../../connectors/runner/http/http-event.ts';
import { PlatformClient } from '../../../../../connectors/runner/http/platform-client.ts';
import type { PlatformClientOptions } from '../../../../../connectors/runner/http/platform-client.ts';
import type { PlatformDefinition } from '../../../../../connectors/sdk/definition.ts';
import type { HttpPolicy, TokenSource } from '../../../../../connectors/sdk/http.ts';
import { TokenRefused } from '../../../../../connectors/sdk/http.ts';
import { ReadFailure } from '../../../../../connectors/sdk/read-failure.ts';
import { Secret } from '../../../../../connectors/sdk/secret.ts';
import { valueAt } from '../../../../../connectors/sdk/value-source.ts';
import type { Answer, AnsweringServer } from '../../../../support/answering-server.ts';
import { answeringServer, inTurn, json } from '../../../../support/answering-server.ts';
import { jumpingClock } from '../../../../support/jumping-clock.ts';

const TOKEN = 'tok-0123456789abcdef';
let folder: string;
let dispatcher: Agent;
const events: HttpEvent[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cortex-http-'));
  dispatcher = new Agent();
  events.length = 0;
});

afterEach(async () => {
  await dispatcher.destroy();
  rmSync(folder, { recursive: true });
});

function clientOf(
  { origin }: AnsweringServer,
  options: Partial<PlatformClientOptions<Account>> & { http?: Partial<HttpPolicy<Account>> } = {},
) {
  const clock = jumpingClock();
  const platform: PlatformDefinition<Account> = {
    ...template,
    http: { ...template.http, ...options.http },
  };
  const client = new PlatformClient<Account>({
    account: { shop_id: '7', token: new Secret(TOKEN) },
    origin,
    credentialsPath: join(folder, 'template-7.json'),
    userAgent: 'Cortex Analytics/test',
    dispatcher,
    clock,
    random: () => 0.5,
    maxWaitMs: 900_000,
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...options,
    platform,
  });
  return { client, clock };
}

async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ReadFailure))
    throw new Error('a ReadFailure is expected', { cause: error });
  return error.outcome;
}

const ok = json(200, { data: [] });

describe('a request', () => {
  test('carries the credentials, the agent and its query, and resolves to the parsed answer', async () => {
    await using server = await answeringServer(json(200, '{"id":12345678901234567890}'));
    const { client } = clientOf(server);

    const answer = await client.send({ url: '/a', query: { b: '+1', c: undefined } });

    expect(answer).toMatchObject({ status: 200, body: { id: '12345678901234567890' } });
    expect(server.requests[0]?.url.search).toBe('?b=%2B1');
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'user-agent': 'Cortex Analytics/test',
    });
  });

  test('with JSON or a form is a POST', async () => {
    await using server = await answeringServer(ok);
    const { client } = clientOf(server);

    await client.send({ url: '/a', json: { b: 1 } });
    await client.send({ url: '/a', form: { b: 1, c: undefined } });

    expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', '{"b":1}'],
      ['POST', 'b=1'],
    ]);
  });

  test('to a real origin goes to the one that stands in for it', async () => {
    await using server = await answeringServer(ok);
    const { client } = clientOf(server);

    await client.send({ url: 'https://api.template.example/next?page=2' });

    expect(server.requests[0]?.url.href).toBe('http://server/next?page=2');
  });

  test('to a foreign address is not sent', async () => {
    await using server = await answeringServer(ok);
    const { client } = clientOf(server);

    const failure = await failureOf(client.send({ url: 'https://evil.example/?steal' }));

    expect(failure).toEqual({
      action: 'fatal',
      kind: 'response',
      reason: '`evil.example` is no address of the platform',
    });
    expect(server.requests).toHaveLength(0);
  });
});

describe('passing trouble', () => {
  const cut: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"data":[', () => response.socket?.end());
  };
  const cutChunks: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"data":[]}', () => response.socket?.end());
  };
  const halfJson = json(200, '{"data":[');
  const cutGzip: Answer = (response) => {
    const whole = gzipSync(JSON.stringify({ data: 'x'.repeat(1000) }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(whole.subarray(0, whole.length - 12));
  };
  const reset: Answer = (response) => response.socket?.resetAndDestroy();

  test.each([
    ['HTTP 500', json(500, { message: 'down' })],
    ['a cut body', cut],
    ['cut chunks', cutChunks],
    ['half of a JSON', halfJson],
    ['half of a gzip', cutGzip],
    ['a reset connection', reset],
  ])('%s is tried again', async (_name, trouble) => {
    await using server = await answeringServer(inTurn(trouble, ok));
    const { client, clock } = clientOf(server);

    const answer = await client.send({ url: '/a' });

    expect(answer).toMatchObject({ status: 200, body: { data: [] } });
    expect(clock.waits).toEqual([500]);
  });

  test('ends after five further tries, each after a longer wait', async () => {
    await using server = await answeringServer(json(503, { message: 'down' }));
    const { client, clock } = clientOf(server);

    const failure = await failureOf(client.send({ url: '/a' }));

    expect(failure).toEqual({ action: 'retry', reason: 'down, 6 times' });
    expect(clock.waits).toEqual([500, 1000, 2000, 4000, 8000]);
    expect(server.requests).toHaveLength(6);
  });

  test('silence of any kind ends in time', async () => {
    const stops: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":');
    };
    await using server = await answeringServer(inTurn(() => undefined, stops, ok));
    const timeouts = { connectMs: 1000, headersMs: 100, silenceMs: 100, bodyMs: 30_000 };
    const { client } = clientOf(server, { timeouts });

    await client.send({ url: '/a' });

    expect(events.flatMap((event) => (event.type === 'waiting' ? [event.reason] : []))).toEqual([
      'no answer in time',
      'the answer stopped on its way',
    ]);
  });

  test('a whole gzip is read', async () => {
    const zipped: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync('{"a":1}'));
    };
    await using server = await answeringServer(zipped);

    expect(await clientOf(server).client.send({ url: '/a' })).toMatchObject({ body: { a: 1 } });
  });

  test('an answer that is larger than any page, unpacked, asks for less', async () => {
    const large: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(33 * 1024 * 1024, ' ')));
    };
    await using server = await answeringServer(large);

    const failure = await failureOf(clientOf(server).client.send({ url: '/a' }));

    expect(failure).toEqual({ action: 'split_request', reason: 'an answer of more than 32 MB' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('limits', () => {
  test('the platform’s own wait is obeyed', async () => {
    const limited = json(429, { message: 'slow' }, { 'retry-after': '7' });
    await using server = await answeringServer(inTurn(limited, ok));
    const { client, clock } = clientOf(server);

    await client.send({ url: '/a' });

    expect(clock.waits).toEqual([7000]);
    expect(events).toContainEqual({ type: 'waiting', reason: 'slow', ms: 7000 });
  });

  test('a wait until a date is measured by the clock of the platform', async () => {
    const limited = json(
      429,
      { message: 'slow' },
      {
        date: 'Sun, 04 Oct 2026 09:00:00 GMT',
        'retry-after': 'Sun, 04 Oct 2026 09:00:20 GMT',
      },
    );
    await using server = await answeringServer(inTurn(limited, ok));
    const { client, clock } = clientOf(server);

    await client.send({ url: '/a' });

    expect(clock.waits).toEqual([20_000]);
  });

  test('a wait that the platform names with passing trouble is obeyed too, and is no less than a back-off', async () => {
    const down = (seconds: string) => json(503, { message: 'down' }, { 'retry-after': seconds });
    await using server = await answeringServer(inTurn(down('90'), down('0'), ok));
    const { client, clock } = clientOf(server);

    await client.send({ url: '/a' });

    expect(clock.waits).toEqual([90_000, 1000]);
  });

  test('a wait of nothing is a back-off: the platform is not asked again and again at once', async () => {
    const limited = json(429, { message: 'slow' }, { 'retry-after': '0' });
    await using server = await answeringServer(inTurn(limited, limited, ok));
    const { client, clock } = clientOf(server);

    await client.send({ url: '/a' });

    expect(clock.waits).toEqual([500, 1000]);
  });

  test.each([429, 503])(
    'a wait that is longer than the run may wait stops it (HTTP %i)',
    async (status) => {
      await using server = await answeringServer(
        json(status, { message: 'slow' }, { 'retry-after': '901' }),
      );

      const failure = await failureOf(clientOf(server).client.send({ url: '/a' }));

      expect(failure).toEqual({ action: 'stop_until_reset', reason: 'slow', waitMs: 901_000 });
    },
  );

  test('calls keep below the bucket’s rate', async () => {
    await using server = await answeringServer(ok);
    const rate = { concurrency: 1, bucket: { size: 2, perSecond: 4 } };
    const { client, clock } = clientOf(server, { http: { rate } });

    for (let call = 0; call < 4; call += 1) await client.send({ url: '/a' });

    expect(clock.waits).toEqual([250, 250]);
  });

  test('what the platform says is left counts more than what was reckoned', async () => {
    await using server = await answeringServer(json(200, {}, { 'x-calls-left': '0' }));
    const { client, clock } = clientOf(server);

    await client.send({ url: '/a' });
    await client.send({ url: '/a' });

    expect(clock.waits).toEqual([500]);
    expect(events).toContainEqual({ type: 'rate', state: '0 calls left' });
  });

  test('no more calls are under way at once than allowed', async () => {
    let underWay = 0;
    let most = 0;
    await using server = await answeringServer((response, request) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        ok(response, request);
      }, 10);
    });
    const { client } = clientOf(server, { http: { rate: { concurrency: 3 } } });

    await Promise.all(Array.from({ length: 12 }, () => client.send({ url: '/a' })));

    expect(most).toBe(3);
  });
});

describe('other outcomes', () => {
  test.each([
    [404, 'gone'],
    [200, { status: 200 }],
  ])('HTTP %i is seen by the generator', async (status, expected) => {
    await using server = await answeringServer(json(status, {}));

    const answer = await clientOf(server).client.send({ url: '/a' });

    if (typeof expected === 'string') expect(answer).toBe(expected);
    else expect(answer).toMatchObject(expected);
  });

  test.each([
    [401, { action: 'fatal', kind: 'auth', reason: 'no' }],
    [402, { action: 'skip_account', reason: 'no' }],
    [413, { action: 'split_request', reason: 'no' }],
    [400, { action: 'fatal', kind: 'request', reason: 'no' }],
  ])('HTTP %i ends the read', async (status, expected) => {
    await using server = await answeringServer(json(status, { message: 'no' }));

    expect(await failureOf(clientOf(server).client.send({ url: '/a' }))).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  test('another version of the API is told once', async () => {
    await using server = await answeringServer(json(200, {}, { 'x-api-version': '2025-01' }));
    const { client } = clientOf(server);

    await client.send({ url: '/a' });
    await client.send({ url: '/a' });

    expect(events.filter(({ type }) => type === 'notice')).toEqual([
      {
        type: 'notice',
        text: 'Template served version 2025-01 of its API, not 2026-10: Cortex needs an update',
      },
    ]);
  });

  test.each([
    ['2027-08-01T12:00:00Z', []],
    ['2027-08-03T12:00:00Z', ['version 2026-10 of the API of Template ends on 2027-10-01']],
    ['2027-10-01T00:00:00Z', ['version 2026-10 of the API of Template ended on 2027-10-01']],
  ])('at %s the end of the API’s version is told once, in time', async (now, told) => {
    await using server = await answeringServer(
      json(200, {}, { date: new Date(now).toUTCString() }),
    );
    const { client } = clientOf(server, { clock: jumpingClock(now) });

    await client.send({ url: '/a' });
    await client.send({ url: '/a' });

    const notices = events.flatMap((event) => (event.type === 'notice' ? [event.text] : []));
    expect(notices).toEqual(told.map((text) => `${text}: Cortex needs an update`));
  });

  test('a cancelled run ends a call that waits for its answer', async () => {
    await using server = await answeringServer(() => controller.abort());
    const controller = new AbortController();
    const { client } = clientOf(server, { signal: controller.signal });

    await expect(client.send({ url: '/a' })).rejects.toThrow('stopped while reading');
  });
});

describe('secrets', () => {
  test('are in no answer, reason or event', async () => {
    const leak = { message: `bad token ${TOKEN}`, next: `https://x/?t=${TOKEN}`, data: TOKEN };
    await using server = await answeringServer(
      inTurn(
        json(500, leak),
        json(200, leak, { link: `<https://x/?t=${TOKEN}>` }),
        json(400, leak),
      ),
    );
    const { client } = clientOf(server, { http: { secretPaths: ['next'] } });

    const answer = await client.send({ url: '/a' });
    const failure = await failureOf(client.send({ url: '/a' }));

    expect(JSON.stringify([answer, failure, events])).not.toContain(TOKEN);
    expect(answer).toMatchObject({ body: { next: '[secret]' } });
    expect(failure.reason).toBe('bad token [secret]');
  });
});

describe('lines', () => {
  test('of a file that breaks off are read on where it broke', async () => {
    const text = Array.from({ length: 100 }, (_, id) => `{"id":${id}}\n`).join('');
    const cut: Answer = (response) => {
      response.writeHead(200, { 'content-length': String(text.length) });
      response.write(text.slice(0, 300), () => response.socket?.end());
    };
    const whole: Answer = (response) => response.end(text);
    await using server = await answeringServer(inTurn(cut, json(503, {}), whole));
    const { client } = clientOf(server);

    const ids: unknown[] = [];
    for await (const record of client.lines({ url: '/file' })) ids.push(record['id']);

    expect(ids).toEqual(Array.from({ length: 100 }, (_, id) => id));
  });
});

describe('tokens', () => {
  /** Access tokens `a1`, `a2`, … each answered for by the refresh token before it. */
  function tokenSource(parts: Partial<TokenSource<Account>> = {}): TokenSource<Account> {
    return {
      request: (_account, refreshToken) => ({ url: '/token', query: { refresh: refreshToken } }),
      read: ({ status, body }, now) => {
        if (status === 400) throw new TokenRefused('connect the shop again');
        return {
          accessToken: String(valueAt(body, 'access') as string),
          refreshToken: String(valueAt(body, 'refresh') as string),
          expiresAt: now + 3_600_000,
        };
      },
      ...parts,
    };
  }

  /** Accepts the newest token only. A refresh token works once. */
  function tokenAnswers(start = 0) {
    const state = { issued: start };
    const answer: Answer = (response, { url, headers }) => {
      if (url.pathname === '/token') {
        const refresh = url.searchParams.get('refresh');
        if (refresh !== null && refresh !== `refresh-token-${state.issued}`) {
          json(400, {})(response, undefined as never);
          return;
        }
        state.issued += 1;
        const tokens = {
          access: `access-token-${state.issued}`,
          refresh: `refresh-token-${state.issued}`,
        };
        json(200, tokens)(response, undefined as never);
        return;
      }
      const isValid = headers.authorization === `Bearer access-token-${state.issued}`;
      json(isValid ? 200 : 401, {})(response, undefined as never);
    };
    return { state, answer };
  }

  const http = (source: TokenSource<Account>): Partial<HttpPolicy<Account>> => ({
    tokens: source,
    rate: { concurrency: 10 },
    authorize: (_account, token) => ({ headers: { authorization: `Bearer ${token}` } }),
    classify: ({ status }) => (status === 401 ? { action: 'refresh_auth' } : { action: 'ok' }),
  });

  test('are fetched once for all calls that need one', async () => {
    const { answer } = tokenAnswers();
    await using server = await answeringServer(answer);
    const { client } = clientOf(server, { http: http(tokenSource()) });

    await Promise.all(Array.from({ length: 8 }, () => client.send({ url: '/a' })));

    expect(server.requests.filter(({ url }) => url.pathname === '/token')).toHaveLength(1);
  });

  test('are renewed once when the platform refuses one', async () => {
    const { answer, state } = tokenAnswers();
    await using server = await answeringServer(answer);
    const { client } = clientOf(server, { http: http(tokenSource()) });
    await client.send({ url: '/a' });
    state.issued = 41;

    await Promise.all(Array.from({ length: 8 }, () => client.send({ url: '/a' })));

    expect(server.requests.filter(({ url }) => url.pathname === '/token')).toHaveLength(2);
  });

  test('are renewed before they end', async () => {
    const { answer } = tokenAnswers();
    await using server = await answeringServer(answer);
    const { client, clock } = clientOf(server, { http: http(tokenSource()) });
    await client.send({ url: '/a' });

    clock.advance(3_550_000);
    await client.send({ url: '/a' });

    expect(server.requests.map(({ url }) => url.pathname)).toEqual([
      '/token',
      '/a',
      '/token',
      '/a',
    ]);
  });

  test('that work once are on the disk, for their owner only, before they are used', async () => {
    const path = join(folder, 'template-7.json');
    const kept: string[] = [];
    const { answer, state } = tokenAnswers(3);
    await using server = await answeringServer((response, request) => {
      if (request.url.pathname === '/a') kept.push(readFileSync(path, 'utf8'));
      answer(response, request);
    });
    const stored = { accessToken: 'access-token-3', refreshToken: 'refresh-token-3', expiresAt: 0 };
    writeCredentials(path, { account: { shop_id: '7' }, secrets: {}, tokens: stored });
    const { client } = clientOf(server, { http: http(tokenSource({ isSingleUse: true })) });

    await client.send({ url: '/a' });

    expect(state.issued).toBe(4);
    expect(JSON.parse(kept[0] ?? '')).toMatchObject({
      account: { shop_id: '7' },
      tokens: { accessToken: 'access-token-4', refreshToken: 'refresh-token-4' },
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('that work once are renewed once by two processes', async () => {
    const { answer, state } = tokenAnswers(3);
    await using server = await answeringServer(answer);
    const stored = { accessToken: 'access-token-3', refreshToken: 'refresh-token-3', expiresAt: 0 };
    writeCredentials(join(folder, 'template-7.json'), { account: {}, secrets: {}, tokens: stored });
    const source = tokenSource({ isSingleUse: true });
    const clients = [1, 2, 3].map(() => clientOf(server, { http: http(source) }).client);

    await Promise.all(clients.map((client) => client.send({ url: '/a' })));

    expect(state.issued).toBe(4);
  });

  test('that were spent by a call whose answer was lost come from the settings again', async () => {
    const path = join(folder, 'template-7.json');
    const { answer } = tokenAnswers(3);
    await using server = await answeringServer(answer);
    const spent = { accessToken: 'access-token-2', refreshToken: 'refresh-token-2', expiresAt: 0 };
    writeCredentials(path, { account: {}, secrets: {}, tokens: spent });
    const { client } = clientOf(server, { http: http(tokenSource({ isSingleUse: true })) });

    await client.send({ url: '/a' });

    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      tokens: { accessToken: 'access-token-4', refreshToken: 'refresh-token-4' },
    });
  });

  test('that the platform gives no more ask for a person', async () => {
    await using server = await answeringServer(json(400, {}));
    const { client } = clientOf(server, { http: http(tokenSource()) });

    expect(await failureOf(client.send({ url: '/a' }))).toEqual({
      action: 'fatal',
      kind: 'auth',
      reason: 'connect the shop again',
    });
  });

  test('are not asked for where the settings hold one that does not run out', async () => {
    await using server = await answeringServer(ok);
    const { client } = clientOf(server, {
      http: { tokens: tokenSource({ request: () => undefined }) },
    });

    await client.send({ url: '/a' });

    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${TOKEN}`,
    ]);
  });

  test('that are refused again right after a renewal end the read', async () => {
    await using server = await answeringServer((response, request) =>
      request.url.pathname === '/token'
        ? json(200, { access: 'a', refresh: 'r' })(response, request)
        : json(401, {})(response, request),
    );
    const { client } = clientOf(server, { http: http(tokenSource()) });

    expect(await failureOf(client.send({ url: '/a' }))).toMatchObject({ kind: 'auth' });
    expect(server.requests.filter(({ url }) => url.pathname === '/a')).toHaveLength(2);
  });
});
