import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { parseJson } from '../../../../connectors/sdk/parse-json.ts';
import { valueAt } from '../../../../connectors/sdk/value-source.ts';
import { manualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import type { ManualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { tiktokAdsSimulator } from '../../../../connectors/simulators/tiktok-ads/simulator.ts';
import type { TiktokAdsState } from '../../../../connectors/simulators/tiktok-ads/state.ts';
import { classify } from '../../../../connectors/tiktok-ads/classify.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';
import { smallAdvertising, TAKEN_BACK } from '../../../support/small-advertising.ts';

let clock: ManualClock;
let simulator: Simulator<TiktokAdsState>;

beforeEach(async () => {
  clock = manualClock('2026-10-05T12:00:00Z');
  simulator = await startSimulator(tiktokAdsSimulator, {
    world: smallAdvertising(),
    clock,
    credentials: ['token'],
  });
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

async function ask(
  endpoint: string,
  query: Readonly<Record<string, string>> = {},
  token = 'token',
): Promise<Answer> {
  const parameters = new URLSearchParams({ advertiser_id: ADVERTISER, ...query }).toString();
  const url = `${simulator.origin}/open_api/v1.3/${endpoint}/?${parameters}`;
  const response = await fetch(url, { headers: { 'access-token': token } });
  const text = await response.text();
  const body = text.startsWith('{') ? parseJson(text) : text;
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

const ADVERTISER = '7301482200915738626';

const report = (start_date: string, end_date: string) =>
  ask('report/integrated/get', {
    service_type: 'AUCTION',
    report_type: 'BASIC',
    data_level: 'AUCTION_AD',
    dimensions: '["ad_id","stat_time_day"]',
    metrics: '["spend","complete_payment","value_per_complete_payment"]',
    start_date,
    end_date,
    page_size: '1000',
  });

const listOf = ({ body }: Answer) => valueAt(body, 'data.list') as readonly JsonValue[];
const codeOf = ({ body }: Pick<Answer, 'body'>) => valueAt(body, 'code');

describe('lists', () => {
  test('are paged by number, with the number of pages', async () => {
    const first = await ask('ad/get', { page: '1', page_size: '3' });
    const second = await ask('ad/get', { page: '2', page_size: '3' });

    expect([listOf(first).length, listOf(second).length]).toEqual([3, 2]);
    expect(valueAt(second.body, 'data.page_info')).toEqual({
      page: 2,
      page_size: 3,
      total_number: 5,
      total_page: 2,
    });
  });

  test('show deleted objects only where they are asked for', async () => {
    const filtering = (primary_status: string) => JSON.stringify({ primary_status });

    const plain = await ask('campaign/get');
    const deleted = await ask('campaign/get', { filtering: filtering('STATUS_DELETE') });
    const all = await ask('campaign/get', { filtering: filtering('STATUS_ALL') });

    expect([plain, deleted, all].map((answer) => listOf(answer).length)).toEqual([1, 1, 2]);
    expect(listOf(deleted)[0]).toMatchObject({ operation_status: 'DELETE' });
  });

  test('hold bare integers beyond a double and ads that never say when they changed', async () => {
    const ads = listOf(await ask('ad/get'));

    expect(ads.at(-1)).toMatchObject({
      tracking_pixel_id: '7301990011223344556',
      modify_time: null,
    });
  });

  test('take no more than 1000 records on a page', async () => {
    expect(codeOf(await ask('ad/get', { page_size: '1001' }))).toBe(40_002);
  });
});

describe('reports', () => {
  test('say - where there is no value', async () => {
    const [, , seen] = listOf(await report('2026-10-05', '2026-10-05'));

    expect(seen).toMatchObject({
      dimensions: { stat_time_day: '2026-10-05 00:00:00' },
      metrics: { spend: '37.02', complete_payment: '0', value_per_complete_payment: '-' },
    });
  });

  test('are restated as the clock advances, and a row can vanish', async () => {
    const before = await report(TAKEN_BACK.date, TAKEN_BACK.date);
    clock.moveTo(TAKEN_BACK.after);
    const after = await report(TAKEN_BACK.date, TAKEN_BACK.date);

    expect([listOf(before).length, listOf(after).length]).toEqual([3, 2]);
    const payments = (answer: Answer) => valueAt(listOf(answer)[1], 'metrics.complete_payment');
    expect([payments(before), payments(after)]).toEqual(['1', '2']);
  });

  test('span 30 days and no more', async () => {
    expect(codeOf(await report('2026-09-01', '2026-09-30'))).toBe(0);
    expect(codeOf(await report('2026-09-01', '2026-10-01'))).toBe(40_002);
  });
});

test('a code is given for a token', async () => {
  const url = `${simulator.origin}/open_api/v1.3/oauth2/access_token/`;
  const body = JSON.stringify({ app_id: '1', secret: '2', auth_code: '3' });

  const response = await fetch(url, { method: 'POST', body });
  const token = valueAt((await response.json()) as JsonValue, 'data.access_token');

  expect(codeOf(await ask('ad/get', {}, String(token as string)))).toBe(0);
});

describe('every recorded error', () => {
  const cases: Readonly<Record<string, () => Promise<Answer>>> = {
    '40001_permission': () => {
      simulator.state.isPermitted = false;
      return ask('ad/get');
    },
    '40002_params': () => report('2026-09-01', '2026-10-01'),
    '40100_qps': async () => {
      for (let call = 0; call < 10; call += 1) await ask('ad/get');
      return ask('ad/get');
    },
    '40102_expired': () => {
      simulator.tokens.accept('short', 1000);
      clock.advance(1000);
      return ask('ad/get', {}, 'short');
    },
    '40105_token': () => ask('ad/get', {}, 'wrong'),
    '40133_advertiser_qps': async () => {
      simulator.state.useLimits({ advertiserPerSecond: 2 });
      await ask('ad/get');
      await ask('ad/get');
      return ask('ad/get');
    },
    '50000_system': async () => {
      await ask('ad/get');
      return fault('server_error');
    },
    '51305_service': () => fault('server_error'),
    not_json: () => fault('unavailable'),
  };

  test.each(recordedErrors('tiktok_ads'))(
    'happens: $name',
    async ({ name, expected, response }) => {
      const answer = await cases[name]?.();

      expect(answer).toBeDefined();
      if (answer === undefined) return;
      expect(decisionOf(classify(answer))).toEqual(expected);
      expect(codeOf(answer)).toBe(codeOf(response));
    },
  );

  function fault(kind: 'server_error' | 'unavailable') {
    simulator.setFaults({ faultOf: () => ({ kind }) });
    return ask('ad/get');
  }
});

test('a second later calls are served again', async () => {
  for (let call = 0; call < 11; call += 1) await ask('ad/get');
  const refused = await ask('ad/get');

  clock.advance(1000);

  expect([codeOf(refused), codeOf(await ask('ad/get'))]).toEqual([40_100, 0]);
});
