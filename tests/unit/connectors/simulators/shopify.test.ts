import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shopify } from '../../../../connectors/shopify/platform.ts';
import { classify } from '../../../../connectors/shopify/classify.ts';
import { placedFaults } from '../../../../connectors/simulators/faults.ts';
import { createWorld } from '../../../../connectors/simulators/shop/world.ts';
import type { ShopifyState } from '../../../../connectors/simulators/shopify/state.ts';
import { shopifySimulator } from '../../../../connectors/simulators/shopify/simulator.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { parseJson } from '../../../../connectors/sdk/parse-json.ts';
import { jumpingClock } from '../../../support/jumping-clock.ts';
import { decisionOf } from '../../../support/platform-fixture.ts';
import { readStream } from '../../../support/read-stream.ts';

const NOW = '2026-10-05T12:00:00Z';
const world = createWorld({ seed: 2, orders: 600, days: 60, startDate: '2026-08-15' });
const clock = jumpingClock(NOW);

let simulator: Simulator<ShopifyState>;

beforeEach(async () => {
  simulator = await startSimulator(shopifySimulator, {
    world,
    clock,
    credentials: ['secret-0123456789', 'token-0123456789'],
  });
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.problems).toEqual([]);
});

const read = (
  stream: string,
  more: { readonly purpose?: 'backfill'; readonly pageSize?: number } = {},
) =>
  readStream({
    platform: shopify,
    account: {
      shop: 'loja-gerada.myshopify.com',
      client_id: 'id',
      client_secret: 'secret-0123456789',
    },
    facts: { name: 'Loja', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice: { kind: 'instants', from: Date.parse('2026-01-01T00:00:00Z'), to: clock.now() },
    origin: simulator.origin,
    clock,
    ...more,
  });

async function ask(query: string, token = 'token-0123456789') {
  const response = await fetch(`${simulator.origin}/admin/api/2026-10/graphql.json`, {
    method: 'POST',
    headers: { 'x-shopify-access-token': token },
    body: JSON.stringify({ query }),
  });
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: parseJson(await response.text()) };
}

const decided = async (query: string, token?: string) =>
  decisionOf(classify(await ask(query, token)));

test.each(shopify.streams.map(({ name }) => name))(
  '%s reads what its query names, and every value fits its column',
  async (stream) => {
    const { rows } = await read(stream);

    expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  },
);

test('a page and a bulk file give the same records', async () => {
  const paged = await read('orders');
  const bulk = await read('orders', { purpose: 'backfill' });

  const hashes = ({ rows }: typeof paged) =>
    Object.fromEntries(rows.map(({ values, hash }) => [values[0], hash]));
  expect(hashes(bulk)).toEqual(hashes(paged));
  expect(bulk.children).toEqual(paged.children);
});

test('the size of a page and what goes wrong on the way change nothing', async () => {
  const expected = await read('orders');
  simulator.setFaults(
    placedFaults([
      { fault: { kind: 'server_error' }, from: 2 },
      { fault: { kind: 'cut_length' }, from: 4 },
      { fault: { kind: 'reset' }, from: 6 },
      { fault: { kind: 'rate_limited' }, from: 8 },
      { fault: { kind: 'expired_token' }, from: 10 },
    ]),
  );

  const disturbed = await read('orders', { pageSize: 7 });

  const byId = ({ rows }: typeof expected) =>
    Object.fromEntries(rows.map(({ values, hash }) => [values[0], hash]));
  expect(byId(disturbed)).toEqual(byId(expected));
  expect(Object.keys(simulator.counters.byFault)).toHaveLength(5);
});

test('points come back with time and are never overdrawn', async () => {
  await read('orders', { pageSize: 25 });

  expect(simulator.requests.length).toBeGreaterThan(10);
  expect(simulator.state.points.available).toBeGreaterThanOrEqual(0);
});

describe('the Admin API', () => {
  test('knows its fields', async () => {
    expect(await decided('{ shop { foo } }')).toEqual({ action: 'fatal', kind: 'query' });
  });

  test('refuses what costs more than a thousand points', async () => {
    const query = '{ orders(first: 200) { nodes { lineItems(first: 20) { nodes { id } } } } }';
    expect(await decided(query)).toEqual({ action: 'split_request' });
  });

  test('wants a size for a page', async () => {
    expect(await decided('{ orders { nodes { id } } }')).toEqual({
      action: 'fatal',
      kind: 'query',
    });
  });

  test('refuses a token that it did not give', async () => {
    expect(await decided('{ shop { id } }', 'another')).toEqual({ action: 'refresh_auth' });
  });

  test('runs one bulk operation at a time', async () => {
    const bulk =
      'mutation { bulkOperationRunQuery(query: "{ orders { edges { node { id } } } }") { bulkOperation { id } userErrors { message code } } }';

    expect(await decided(bulk)).toEqual({ action: 'ok' });
    expect(await decided(bulk)).toEqual({ action: 'rate_limited', waitMs: 10_000 });
  });
});
