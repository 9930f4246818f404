import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/google-ads/classify.ts';
import { googleAds } from '../../../../connectors/google-ads/platform.ts';
import { parseJson } from '../../../../connectors/sdk/parse-json.ts';
import { placedFaults } from '../../../../connectors/simulators/faults.ts';
import { googleAdsSimulator } from '../../../../connectors/simulators/google-ads/simulator.ts';
import { createWorld } from '../../../../connectors/simulators/shop/world.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { jumpingClock } from '../../../support/jumping-clock.ts';
import { decisionOf } from '../../../support/platform-fixture.ts';
import { readStream } from '../../../support/read-stream.ts';

const world = createWorld({ seed: 5, orders: 1000, days: 60, startDate: '2026-08-15' });
const clock = jumpingClock('2026-10-05T12:00:00Z');
const customer = world.advertising.account('google').id;

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator(googleAdsSimulator, {
    world,
    clock,
    credentials: ['refresh-0123456789', 'access-0123456789'],
  });
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.problems).toEqual([]);
});

const read = (stream: string, from = '2026-09-01', to = '2026-10-01') =>
  readStream({
    platform: googleAds,
    account: {
      customer_id: customer,
      developer_token: 'developer-0123456789',
      client_id: 'client',
      client_secret: 'secret-0123456789',
      refresh_token: 'refresh-0123456789',
    },
    facts: { name: 'Loja', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream,
    slice:
      stream.endsWith('daily') || stream === 'search_terms' || stream === 'clicks'
        ? { kind: 'dates', from, to }
        : { kind: 'everything' },
    origin: simulator.origin,
    clock,
  });

const total = (texts: readonly (string | null)[]) =>
  texts.reduce((sum, text) => sum + Math.round(Number(text) * 1e6), 0) / 1e6;

test.each(googleAds.streams.map(({ name }) => name))(
  '%s reads what its query names, and every value fits its column',
  async (stream) => {
    const { rows } = await read(
      stream,
      '2026-09-10',
      stream === 'clicks' ? '2026-09-11' : '2026-09-20',
    );

    expect(rows.flatMap(({ misfits }) => misfits)).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  },
);

test('campaigns have the whole spend of the world, ads only a part', async () => {
  const campaigns = await read('campaign_daily');
  const ads = await read('ad_daily');

  let spend = 0;
  for (let date = '2026-09-01'; date < '2026-10-01'; date = world.calendar.addDays(date, 1)) {
    for (const row of world.advertising.days('google', date, clock.now()))
      spend += row.metrics.spend;
  }
  expect(total(campaigns.column('cost'))).toBe(spend / 100);
  expect(total(ads.column('cost'))).toBeLessThan(spend / 100);
});

test('keywords and searches are one row a day, and have the same clicks and spend', async () => {
  const [keywords, terms] = [await read('keyword_daily'), await read('search_terms')];

  let [spend, clicks] = [0, 0];
  for (let date = '2026-09-01'; date < '2026-10-01'; date = world.calendar.addDays(date, 1)) {
    for (const row of world.advertising.searchTerms(date, clock.now())) {
      spend += row.spend;
      clicks += row.clicks;
    }
  }
  for (const { column } of [keywords, terms]) {
    expect([total(column('cost')), total(column('clicks'))]).toEqual([spend / 100, clicks]);
  }
  const keysOf = ({ column, rows }: typeof keywords, names: readonly string[]) =>
    rows.map((_, row) => names.map((name) => column(name)[row]).join(' '));
  for (const keys of [
    keysOf(keywords, ['ad_group_id', 'criterion_id', 'date']),
    keysOf(terms, ['resource_name', 'date']),
  ]) {
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test('what goes wrong on the way changes nothing', async () => {
  const expected = await read('campaign_daily');
  simulator.setFaults(
    placedFaults([
      { fault: { kind: 'rate_limited' }, path: /search/, from: 1 },
      { fault: { kind: 'server_error' }, path: /search/, from: 2 },
      { fault: { kind: 'cut_chunks' }, path: /search/, from: 3 },
    ]),
  );

  const disturbed = await read('campaign_daily');

  expect(disturbed.rows.map(({ hash }) => hash)).toEqual(expected.rows.map(({ hash }) => hash));
  expect(Object.keys(simulator.counters.byFault)).toHaveLength(3);
});

test('conversions of a day grow while time passes', async () => {
  const early = await readAt('2026-09-12T12:00:00Z');
  const late = await readAt('2026-10-05T12:00:00Z');

  expect(late).toBeGreaterThan(early);
});

async function readAt(instant: string): Promise<number> {
  const then = jumpingClock(instant);
  await using other = await startSimulator(googleAdsSimulator, {
    world,
    clock: then,
    credentials: ['refresh-0123456789'],
  });
  const { column } = await readStream({
    platform: googleAds,
    account: {
      customer_id: customer,
      developer_token: 'developer-0123456789',
      client_id: 'client',
      client_secret: 'secret-0123456789',
      refresh_token: 'refresh-0123456789',
    },
    facts: { name: 'Loja', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
    stream: 'campaign_daily',
    slice: { kind: 'dates', from: '2026-09-05', to: '2026-09-12' },
    origin: other.origin,
    clock: then,
  });
  return total(column('conversions'));
}

describe('the API', () => {
  async function decided(query: string, more: Readonly<Record<string, unknown>> = {}) {
    const response = await fetch(`${simulator.origin}/v26/customers/${customer}/googleAds:search`, {
      method: 'POST',
      headers: { authorization: 'Bearer access-0123456789', 'developer-token': 'x' },
      body: JSON.stringify({ query, ...more }),
    });
    const body = parseJson(await response.text());
    return decisionOf(classify({ status: response.status, headers: {}, body }));
  }

  test('refuses a size of a page', async () => {
    const query = 'SELECT customer.id FROM customer';
    expect(await decided(query, { pageSize: 100 })).toEqual({ action: 'fatal', kind: 'request' });
  });

  test('refuses spend together with conversion actions', async () => {
    const query =
      "SELECT campaign.id, metrics.clicks, segments.conversion_action FROM campaign WHERE segments.date = '2026-09-01'";
    expect(await decided(query)).toEqual({ action: 'fatal', kind: 'query' });
  });

  test('refuses clicks of more than one day', async () => {
    const query =
      "SELECT click_view.gclid FROM click_view WHERE segments.date BETWEEN '2026-09-01' AND '2026-09-02'";
    expect(await decided(query)).toEqual({ action: 'fatal', kind: 'query' });
  });

  test('forgets where a page went on after two hours', async () => {
    const pageToken = Buffer.from(`1:${clock.now() - 7_300_000}`).toString('base64url');
    const query = 'SELECT campaign.id FROM campaign';
    expect(await decided(query, { pageToken })).toEqual({ action: 'split_request' });
  });

  test('serves a retired version as a page for people', async () => {
    const response = await fetch(`${simulator.origin}/v20/customers/${customer}/googleAds:search`, {
      method: 'POST',
    });
    const body = await response.text();
    expect(decisionOf(classify({ status: response.status, headers: {}, body }))).toEqual({
      action: 'fatal',
      kind: 'version',
    });
  });
});
