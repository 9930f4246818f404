import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { placedFaults } from '../../../../connectors/simulators/faults.ts';
import type { Fault } from '../../../../connectors/simulators/faults.ts';
import { bare } from '../../../../connectors/simulators/json-text.ts';
import { manualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import type { SimulatorDefinition } from '../../../../connectors/simulators/simulator.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';

interface Numbers {
  readonly numbers: readonly number[];
}

/** A platform of two routes: a token and a list of numbers, two on a page. */
const numbersPlatform: SimulatorDefinition<Numbers, { asked: number }> = {
  name: 'numbers',
  createState: () => ({ asked: 0 }),
  authorize: ({ headers }, { tokens }) => {
    const state = tokens.check(headers['authorization']?.slice('Bearer '.length));
    return state === 'valid' ? undefined : { status: 401, body: { state } };
  },
  decorate: (answer) => ({ ...answer, headers: { ...answer.headers, 'x-version': '7' } }),
  faultAnswer: (kind) => ({ status: kind === 'rate_limited' ? 429 : 503, body: { kind } }),
  routes: [
    {
      method: 'POST',
      path: '/token',
      open: true,
      handle: (_request, { tokens }) =>
        tokens.isClosed
          ? { status: 403 }
          : { status: 200, body: { token: tokens.issue('access', 60_000) } },
    },
    {
      method: 'GET',
      path: '/v1/list_{name}:read',
      handle: ({ query, parameters, shift }, { world, state }) => {
        state.asked += 1;
        const page = Number(query.get('page'));
        const from = Math.max(0, (page - 1) * 2 - shift);
        const list = world.numbers.slice(from, from + 2).map((number) => ({ number }));
        return {
          status: 200,
          body: { name: parameters['name'], data: { list }, big: bare('9007199254740993') },
          page: { path: 'data.list', list: parameters['name'] ?? '', isFirst: page === 1 },
        };
      },
    },
  ],
};

const clock = manualClock('2026-10-01T00:00:00Z');
let simulator: Simulator<{ asked: number }>;

async function start(...faults: readonly Fault[]): Promise<void> {
  simulator = await startSimulator(numbersPlatform, {
    world: { numbers: [1, 2, 3, 4, 5] },
    clock,
    credentials: ['static'],
    faults: placedFaults(faults.map((fault, index) => ({ fault, from: index + 1 }))),
  });
}

const get = (page: number, token = 'static', signal?: AbortSignal) =>
  fetch(`${simulator.origin}/v1/list_a%20b:read?page=${page}&access_token=hidden`, {
    headers: { authorization: `Bearer ${token}` },
    ...(signal === undefined ? {} : { signal }),
  });

const list = async (response: Response) =>
  ((await response.json()) as { data: { list: { number: number }[] } }).data.list.map(
    ({ number }) => number,
  );

afterEach(() => simulator.close());

describe('a simulated platform', () => {
  test('answers by route, with parameters, headers and integers beyond a double', async () => {
    await start();

    const response = await get(1);

    expect(response.status).toBe(200);
    expect(response.headers.get('x-version')).toBe('7');
    expect(await response.text()).toBe(
      '{"name":"a b","data":{"list":[{"number":1},{"number":2}]},"big":9007199254740993}',
    );
  });

  test('logs requests without their secrets and counts them', async () => {
    await start();

    await get(2);
    await fetch(`${simulator.origin}/nowhere`);

    expect(simulator.requests.map(({ path, query, status }) => ({ path, query, status }))).toEqual([
      { path: '/v1/list_a%20b:read', query: 'page=2&access_token=removed', status: 200 },
      { path: '/nowhere', query: '', status: 404 },
    ]);
    expect(simulator.counters.byRoute).toEqual({ '/v1/list_{name}:read': 1 });
    expect(simulator.unknownRequests).toEqual(['GET /nowhere']);
  });

  test('lets tokens run out as its clock advances', async () => {
    await start();
    const issued = await fetch(`${simulator.origin}/token`, { method: 'POST' });
    const { token } = (await issued.json()) as { token: string };

    const before = await get(1, token);
    clock.advance(60_000);
    const after = await get(1, token);

    expect([before.status, after.status]).toEqual([200, 401]);
    expect(await after.json()).toEqual({ state: 'expired' });
  });
});

describe('a fault happens on the wire', () => {
  test('429 and 503 in the words of the platform', async () => {
    await start({ kind: 'rate_limited' }, { kind: 'unavailable' });

    const statuses = [(await get(1)).status, (await get(1)).status, (await get(1)).status];

    expect(statuses).toEqual([429, 503, 200]);
    expect(simulator.counters.byFault).toEqual({ rate_limited: 1, unavailable: 1 });
  });

  test.each(['cut_length', 'cut_chunks'] as const)('%s: the body ends early', async (kind) => {
    await start({ kind });

    const response = await get(1);

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('cut bodies promise more than they send', async () => {
    await start({ kind: 'cut_length' });
    const { port } = new URL(simulator.origin);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'GET /v1/list_a:read?page=1 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer static\r\n\r\n',
    );

    let raw = '';
    for await (const chunk of socket) raw += String(chunk);

    const promised = Number(/content-length: (\d+)/.exec(raw)?.[1]);
    const sent = raw.slice(raw.indexOf('\r\n\r\n') + 4).length;
    expect(sent).toBe(Math.floor(promised / 2));
  });

  test('a reset connection', async () => {
    await start({ kind: 'reset' });

    const failure = await get(1).catch((cause: unknown) => (cause as Error).cause);

    expect(failure).toMatchObject({ code: 'ECONNRESET' });
    expect(simulator.state.asked).toBe(0);
  });

  test('a reset connection after the request was carried out', async () => {
    await start({ kind: 'reset', isCarriedOut: true });

    await expect(get(1)).rejects.toThrow();

    expect(simulator.state.asked).toBe(1);
  });

  test('silence until the client gives up', async () => {
    await start({ kind: 'silence' });

    const failure = await get(1, 'static', AbortSignal.timeout(100)).catch(
      (cause: unknown) => (cause as Error).name,
    );

    expect(failure).toBe('TimeoutError');
  });

  test('slow headers and a slow body', async () => {
    await start({ kind: 'slow_headers', delayMs: 80 }, { kind: 'slow_body', delayMs: 80 });
    const begun = performance.now();

    const late = await get(1);
    const headersAfter = performance.now() - begun;
    await late.text();
    const again = performance.now();
    const body = await get(1);
    const secondHeaders = performance.now() - again;
    await body.text();
    const bodyAfter = performance.now() - again;

    expect(headersAfter).toBeGreaterThanOrEqual(75);
    expect(secondHeaders).toBeLessThan(bodyAfter);
    expect(bodyAfter).toBeGreaterThanOrEqual(75);
  });

  test('JSON that stops in its middle with a correct length', async () => {
    await start({ kind: 'malformed_json' });

    const text = await (await get(1)).text();

    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  test('a page that repeats the one before, and a list that moved', async () => {
    await start(
      { kind: 'duplicate_page' },
      { kind: 'duplicate_page' },
      { kind: 'shifting_page', by: 1 },
    );

    const pages = [await list(await get(1)), await list(await get(2)), await list(await get(3))];

    expect(pages).toEqual([
      [1, 2],
      [1, 2, 3, 4],
      [4, 5],
    ]);
  });

  test('a field in another shape', async () => {
    await start({ kind: 'changed_shape', field: 'number', to: 'object' });

    expect(await list(await get(1))).toEqual([{ value: 1 }, { value: 2 }]);
  });

  test('expired tokens, which a new one cures, and revoked ones, which nothing does', async () => {
    await start();
    const issue = async () => {
      const response = await fetch(`${simulator.origin}/token`, { method: 'POST' });
      return response.ok ? ((await response.json()) as { token: string }).token : 'refused';
    };
    const first = await issue();
    simulator.setFaults(placedFaults([{ fault: { kind: 'expired_token' }, path: /list/ }]));

    const expired = await get(1, first);
    const renewed = await get(1, await issue());
    simulator.setFaults(placedFaults([{ fault: { kind: 'revoked_token' } }]));
    const revoked = await get(1);

    expect([expired.status, renewed.status, revoked.status]).toEqual([401, 200, 401]);
    expect(await issue()).toBe('refused');
  });
});
