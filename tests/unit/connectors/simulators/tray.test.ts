import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonRecord, JsonValue } from '../../../../connectors/sdk/json.ts';
import { isList, isRecord, valueAt } from '../../../../connectors/sdk/value-source.ts';
import { placedFaults } from '../../../../connectors/simulators/faults.ts';
import type { ManualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import { manualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import { traySimulator } from '../../../../connectors/simulators/tray/simulator.ts';
import type { TrayState } from '../../../../connectors/simulators/tray/state.ts';
import { classify } from '../../../../connectors/tray/classify.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';
import { SMALL_SHOP_NOW, smallShop } from '../../../support/small-shop.ts';

const world = smallShop();
const HOUR_MS = 3_600_000;
let clock: ManualClock;
let simulator: Simulator<TrayState>;

beforeEach(async () => {
  clock = manualClock(SMALL_SHOP_NOW);
  simulator = await startSimulator(traySimulator, { world, clock });
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

async function request(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${simulator.origin}/web_api/${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? (JSON.parse(text) as JsonValue) : text;
  return { status: response.status, headers: {}, body };
}

const textAt = ({ body }: Answer, path: string) => String(valueAt(body, path) as string);

const trade = (code = 'simulated-code') =>
  request('auth', {
    method: 'POST',
    body: new URLSearchParams({ consumer_key: 'key', consumer_secret: 'hush', code }),
  });

const refresh = (token: string) => request(`auth?refresh_token=${token}`);

async function ask(path: string, query: Readonly<Record<string, string>> = {}) {
  const token = textAt(await trade(), 'access_token');
  return askWith(token, path, query);
}

function askWith(token: string, path: string, query: Readonly<Record<string, string>> = {}) {
  const search = new URLSearchParams({ access_token: token, ...query }).toString();
  return request(`${path}?${search}`);
}

function listed({ body }: Answer, list: string, item: string): readonly JsonRecord[] {
  const entries = valueAt(body, list);
  return (isList(entries) ? entries : [])
    .map((entry) => valueAt(entry, item))
    .filter((entry) => isRecord(entry));
}

describe('errors', () => {
  const closed = (code: 1001 | 1002 | 1003) => () => {
    simulator.state.closed = code;
    return ask('orders');
  };
  const WAYS: Readonly<Record<string, () => Promise<Answer>>> = {
    '400': () => ask('orders', { modified: 'yesterday' }),
    '401_1000_expired': async () => {
      const token = textAt(await trade(), 'access_token');
      clock.advance(3 * HOUR_MS);
      return askWith(token, 'orders');
    },
    '401_1001_blocked': closed(1001),
    '401_1002_inactive': closed(1002),
    '401_1003_cancelled': closed(1003),
    '401_1099_invalid': () => askWith('another', 'orders'),
    '404': () => ask('customers/1'),
    '429': () => {
      simulator.state.useLimits({ perMinute: 0, perDay: 10 });
      return ask('orders');
    },
    '429_daily': () => {
      simulator.state.useLimits({ perMinute: 10, perDay: 0 });
      return ask('orders');
    },
    '500_html': () => {
      simulator.setFaults(placedFaults([{ fault: { kind: 'server_error' }, path: /orders/ }]));
      return ask('orders');
    },
  };

  test.each(recordedErrors('tray'))('$name is answered as recorded', async (recorded) => {
    const answer = (await WAYS[recorded.name]?.()) ?? { status: 0, headers: {}, body: null };

    expect(answer.status).toBe(recorded.response.status);
    if (recorded.name !== '400') expect(answer.body).toEqual(recorded.response.body);
    const meant = classify(answer, { url: '/web_api/orders/1/complete' });
    expect(decisionOf(meant)).toEqual(recorded.expected);
  });
});

describe('tokens', () => {
  test('work for three hours', async () => {
    const token = textAt(await trade(), 'access_token');
    clock.advance(3 * HOUR_MS - 1);
    const before = await askWith(token, 'orders');
    clock.advance(1);

    const after = await askWith(token, 'orders');

    expect([before.status, after.status]).toEqual([200, 401]);
  });

  test('are renewed by a refresh token that works once', async () => {
    const first = textAt(await trade(), 'refresh_token');

    const second = await refresh(first);
    const again = await refresh(first);
    const third = await refresh(textAt(second, 'refresh_token'));

    expect([second.status, again.status, third.status]).toEqual([201, 401, 201]);
  });

  test('cannot be renewed after thirty days', async () => {
    const token = textAt(await trade(), 'refresh_token');
    clock.advance(30 * 24 * HOUR_MS);

    expect((await refresh(token)).status).toBe(401);
  });

  test('are given for a code of the store only', async () => {
    expect((await trade('a guess')).status).toBe(401);
  });
});

describe('a list', () => {
  test('tells its size and its pages', async () => {
    const answer = await ask('orders', { limit: '50', page: '8', sort: 'id_asc' });

    const total = world.orders.countBefore(clock.now());
    expect(valueAt(answer.body, 'paging')).toEqual({
      total,
      page: 8,
      offset: 350,
      limit: 50,
      maxLimit: 50,
    });
    expect(listed(answer, 'Orders', 'Order')).toHaveLength(total - 350);
  });

  test('of more than fifty at once is refused', async () => {
    expect((await ask('orders', { limit: '51' })).status).toBe(400);
  });

  test('holds the orders that changed on the days of its filter, and says so', async () => {
    const answer = await ask('orders', { modified: '2026-09-20,2026-09-22', limit: '50' });

    const days = listed(answer, 'Orders', 'Order').map(({ modified }) =>
      String(modified as string).slice(0, 10),
    );
    expect(new Set(days)).toEqual(new Set(['2026-09-20', '2026-09-21', '2026-09-22']));
    expect(valueAt(answer.body, 'appliedFilters')).toEqual([{ modified: '2026-09-20,2026-09-22' }]);
  });

  test('does not say that a filter was applied that was not', async () => {
    simulator.state.ignoresFilters = true;

    const answer = await ask('orders', { modified: '2026-09-20,2026-09-22' });

    const query = { modified: '2026-09-20,2026-09-22' };
    expect(decisionOf(classify(answer, { url: '/web_api/orders', query }))).toEqual({
      action: 'fatal',
      kind: 'response',
    });
  });
});

describe('a complete order', () => {
  const orders = async () => {
    const token = textAt(await trade(), 'access_token');
    const ids = Array.from({ length: 60 }, (_, index) => String(70_000 + index));
    return Promise.all(ids.map((id) => askWith(token, `orders/${id}/complete`)));
  };

  test('adds up', async () => {
    for (const order of await orders()) {
      const cents = (name: string) =>
        Math.round(Number(valueAt(order.body, `Order.${name}`) ?? 0) * 100);

      expect(cents('total')).toBe(
        cents('partial_total') -
          cents('discount') -
          cents('coupon.discount') +
          cents('shipment_value') +
          cents('payment_method_rate'),
      );
    }
  });

  test('has the parts of a kit beside it, at no price', async () => {
    const lines = (await orders()).flatMap(
      ({ body }) => (valueAt(body, 'Order.ProductsSold[].ProductsSold') ?? []) as JsonRecord[],
    );

    const parts = lines.filter(({ product_kit_id }) => product_kit_id !== '0');
    expect(parts.length).toBeGreaterThan(0);
    expect(new Set(parts.map(({ price }) => price))).toEqual(new Set(['0.00']));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });
});

test('a removed customer is not there any more', async () => {
  const always = { from: 0, to: Number.POSITIVE_INFINITY };
  const [deleted] = world.accounts.deleted(always, clock.now());

  expect((await ask(`customers/${5000 + (deleted?.id ?? 0)}`)).status).toBe(404);
});
