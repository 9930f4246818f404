import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/nuvemshop/classify.ts';
import { parseJson } from '../../../../connectors/sdk/parse-json.ts';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { placedFaults } from '../../../../connectors/simulators/faults.ts';
import { nuvemshopSimulator } from '../../../../connectors/simulators/nuvemshop/simulator.ts';
import type { NuvemshopState } from '../../../../connectors/simulators/nuvemshop/state.ts';
import type { ManualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import { manualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';
import { SMALL_SHOP_NOW, smallShop } from '../../../support/small-shop.ts';

const world = smallShop();
const ALWAYS = { from: 0, to: Number.POSITIVE_INFINITY };
let clock: ManualClock;
let simulator: Simulator<NuvemshopState>;

beforeEach(async () => {
  clock = manualClock(SMALL_SHOP_NOW);
  const credentials = ['not-a-real-token'];
  simulator = await startSimulator(nuvemshopSimulator, { world, clock, credentials });
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.problems).toEqual([]);
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonValue;
}

const HEADERS = {
  authentication: 'bearer not-a-real-token',
  'user-agent': 'Cortex Analytics (dados@exemplo.com.br)',
};

async function ask(
  resource: string,
  query: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = HEADERS,
): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  const url = `${simulator.origin}/2025-03/2981734/${resource}?${search}`;
  const response = await fetch(url, { headers });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? parseJson(text) : text;
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

const listed = ({ body }: Answer) =>
  (Array.isArray(body) ? body : []) as readonly Readonly<Record<string, JsonValue>>[];

describe('errors', () => {
  const WAYS: Readonly<Record<string, () => Promise<Answer>>> = {
    '400_no_user_agent': () => ask('orders', {}, { ...HEADERS, 'user-agent': 'curl' }),
    '401_token': () => ask('orders', {}, { ...HEADERS, authentication: 'bearer another' }),
    '402_store_suspended': () => {
      simulator.state.refuses = 'store_suspended';
      return ask('orders');
    },
    '403_scope': () => {
      simulator.state.refuses = 'missing_scope';
      return ask('orders');
    },
    '404_empty_result': () => ask('orders', { updated_at_min: '2030-01-01T00:00:00-03:00' }),
    '422_over_10000': () => ask('orders', { page: '51', per_page: '200' }),
    '422_validation': () => ask('orders', { created_at_min: 'yesterday' }),
    '429_bucket': async () => {
      for (let call = 0; call < 40; call += 1) await ask('store');
      return ask('store');
    },
    '500': () => {
      simulator.setFaults(placedFaults([{ fault: { kind: 'server_error' } }]));
      return ask('orders');
    },
  };

  test.each(recordedErrors('nuvemshop'))('$name is answered as recorded', async (recorded) => {
    const answer = await WAYS[recorded.name]?.();

    expect(answer).toMatchObject({
      status: recorded.response.status,
      body: recorded.response.body,
    });
    const request = { url: '/2025-03/2981734/orders' };
    const meant = classify(answer ?? { status: 0, headers: {}, body: null }, request);
    expect(decisionOf(meant)).toEqual(recorded.expected);
  });
});

describe('a list', () => {
  test('is paged by links, with its size, up to the end', async () => {
    const query = { per_page: '150', page: '2', status: 'any' };

    const [page, beyond] = [
      await ask('orders', query),
      await ask('orders', { ...query, page: '4' }),
    ];

    const total = world.orders.countBefore(clock.now());
    expect(page.headers['x-total-count']).toBe(String(total));
    expect(page.headers['link']).toBe(
      ['next:3', 'last:3', 'first:1', 'prev:1']
        .map((entry) => entry.split(':'))
        .map(
          ([name, number]) =>
            `<${simulator.origin}/2025-03/2981734/orders?per_page=150&page=${number}&status=any>; rel="${name}"`,
        )
        .join(', '),
    );
    expect(listed(page)).toHaveLength(150);
    expect(beyond).toMatchObject({ status: 404, body: { description: 'Last page is 3' } });
  });

  test('has the newest first, each record once', async () => {
    const pages = await Promise.all(
      ['1', '2'].map((page) => ask('orders', { per_page: '200', page })),
    );

    const ids = pages.flatMap((page) => listed(page).map(({ id }) => Number(id)));
    expect(ids).toEqual([...new Set(ids)].toSorted((left, right) => right - left));
  });

  test('holds only what its filter by time lets through', async () => {
    const from = '2026-09-20T00:00:00-03:00';
    const to = '2026-09-25T00:00:00-03:00';

    const answer = await ask('orders', {
      updated_at_min: from,
      updated_at_max: to,
      per_page: '200',
    });

    const times = listed(answer).map((order) => Date.parse(String(order['updated_at'] as string)));
    expect(times.length).toBeGreaterThan(0);
    expect(times.every((time) => time >= Date.parse(from) && time <= Date.parse(to))).toBe(true);
  });

  test('loses an order from a closed window when it changes', async () => {
    const window = { updated_at_max: '2026-10-04T09:00:00-03:00', per_page: '1' };
    const before = Number((await ask('orders', window)).headers['x-total-count']);

    clock.advance(2 * 86_400_000);

    expect(Number((await ask('orders', window)).headers['x-total-count'])).toBeLessThan(before);
  });

  test('is refused for a page of more than 200', async () => {
    expect((await ask('products', { per_page: '201' })).status).toBe(422);
  });

  test('has ids alone where only they are asked for', async () => {
    const [first] = listed(await ask('products', { fields: 'id', per_page: '1' }));

    expect(Object.keys(first ?? {})).toEqual(['id']);
  });
});

test('lines have ids beyond what a double holds', async () => {
  const [order] = listed(await ask('orders', { per_page: '1' }));

  expect(order?.['products']).toMatchObject([{ id: expect.stringMatching(/^91\d{14}$/) }]);
});

test('a deleted customer is no longer listed', async () => {
  const [deleted] = world.accounts.deleted(ALWAYS, clock.now());
  const customer = 310_000_000 + (deleted?.id ?? 0);
  const ids = async (at: number) => {
    const options = { world, clock: manualClock(at), credentials: ['not-a-real-token'] };
    await using earlier = await startSimulator(nuvemshopSimulator, options);
    const url = `${earlier.origin}/2025-03/2981734/customers?fields=id&per_page=200`;
    return JSON.stringify(await (await fetch(url, { headers: HEADERS })).json());
  };

  expect(await ids((deleted?.deletedAt ?? 0) - 1)).toContain(String(customer));
  expect(await ids((deleted?.deletedAt ?? 0) + 1)).not.toContain(String(customer));
});

test('checkouts appear six hours after they were abandoned and go after thirty days', async () => {
  const times = listed(await ask('checkouts', { per_page: '200' })).map((checkout) =>
    Date.parse(String(checkout['updated_at'] as string)),
  );

  const hour = 3_600_000;
  expect(times.length).toBeGreaterThan(0);
  expect(Math.max(...times)).toBeLessThanOrEqual(clock.now() - 6 * hour);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(clock.now() - 30 * 24 * hour);
});

test('the bucket leaks two calls a second', async () => {
  for (let call = 0; call < 10; call += 1) await ask('store');
  const before = (await ask('store')).headers['x-rate-limit-remaining'];

  clock.advance(2000);

  const after = (await ask('store')).headers['x-rate-limit-remaining'];
  expect([before, after]).toEqual(['29', '32']);
});

test('a code is traded for a token once', async () => {
  const trade = () =>
    fetch(`${simulator.origin}/apps/authorize/token`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: 'authorization_code', code: 'simulated-code' }),
      headers: { 'content-type': 'application/json' },
    });

  const first = (await (await trade()).json()) as { readonly access_token: string };
  const authentication = `bearer ${first.access_token}`;

  expect((await ask('store', {}, { ...HEADERS, authentication })).status).toBe(200);
  expect((await trade()).status).toBe(400);
});
