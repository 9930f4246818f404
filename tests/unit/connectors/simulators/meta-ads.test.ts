import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/meta-ads/classify.ts';
import { INSIGHT_FIELDS } from '../../../../connectors/meta-ads/insight-columns.ts';
import { metaAdsSimulator } from '../../../../connectors/simulators/meta-ads/simulator.ts';
import type { MetaAdsState } from '../../../../connectors/simulators/meta-ads/state.ts';
import { manualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import type { ManualClock } from '../../../../connectors/simulators/simulated-clock.ts';
import { startSimulator } from '../../../../connectors/simulators/start-simulator.ts';
import type { Simulator } from '../../../../connectors/simulators/start-simulator.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';
import { smallAdvertising, TAKEN_BACK } from '../../../support/small-advertising.ts';

type Json = Readonly<Record<string, unknown>>;

let clock: ManualClock;
let simulator: Simulator<MetaAdsState>;

beforeEach(async () => {
  clock = manualClock('2026-10-05T12:00:00Z');
  simulator = await startSimulator(metaAdsSimulator, {
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
  readonly body: Json;
}

async function ask(
  path: string,
  query: Readonly<Record<string, string>> = {},
  init: RequestInit & { readonly token?: string } = {},
): Promise<Answer> {
  const { token = 'token', ...rest } = init;
  const url = `${simulator.origin}/v25.0/${path}?${new URLSearchParams(query).toString()}`;
  const response = await fetch(url, { ...rest, headers: { authorization: `Bearer ${token}` } });
  const body = (await response.json()) as Json;
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

const ACCOUNT = 'act_1038472956104733';

const question = (since: string, until: string, more: Readonly<Record<string, string>> = {}) => ({
  level: 'ad',
  fields: INSIGHT_FIELDS,
  time_range: JSON.stringify({ since, until }),
  time_increment: '1',
  action_attribution_windows: '["1d_click","7d_click","1d_view"]',
  ...more,
});

const post = (parameters: Readonly<Record<string, string>>) =>
  ask(`${ACCOUNT}/insights`, {}, { method: 'POST', body: new URLSearchParams(parameters) });

const rowsOf = ({ body }: Answer) => body['data'] as readonly Json[];

const decided = (answer: Answer, url = `/v25.0/${ACCOUNT}/insights`) =>
  decisionOf(classify(answer as Parameters<typeof classify>[0], { url }));

describe('lists', () => {
  test('are paged by cursors; the last page has cursors and no next link', async () => {
    const first = await ask(`${ACCOUNT}/ads`, { fields: 'id,name', limit: '2' });
    const paging = first.body['paging'] as { cursors: { after: string }; next: string };
    const second = await ask(`${ACCOUNT}/ads`, { limit: '2', after: paging.cursors.after });

    expect(rowsOf(first).map(({ id }) => id)).toEqual(['120214687309120431', '120214687309120432']);
    expect(paging.next).toContain('access_token=token');
    expect(rowsOf(second).map(({ id }) => id)).toEqual(['120214687309120433']);
    expect(second.body['paging']).toHaveProperty('cursors.after');
    expect(second.body['paging']).not.toHaveProperty('next');
  });

  test('show archived and deleted objects only where they are asked for', async () => {
    clock.moveTo(Date.parse('2026-10-11T00:00:00Z'));
    const filtering = JSON.stringify([
      { field: 'ad.delivery_info', operator: 'IN', value: ['archived', 'deleted'] },
    ]);

    const plain = await ask(`${ACCOUNT}/ads`, { fields: 'id' });
    const gone = await ask(`${ACCOUNT}/ads`, { fields: 'id,effective_status', filtering });

    expect(rowsOf(plain)).toHaveLength(3);
    expect(rowsOf(gone)).toEqual([
      { id: '120214687309120434', effective_status: 'DELETED' },
      { id: '120214687309120435', effective_status: 'ARCHIVED' },
    ]);
  });

  test('are filtered by the instant of the last change', async () => {
    const filtering = (value: number) =>
      JSON.stringify([{ field: 'campaign.updated_time', operator: 'GREATER_THAN', value }]);
    const opened = Date.parse('2026-08-01T12:00:00Z') / 1000;

    const before = await ask(`${ACCOUNT}/campaigns`, { filtering: filtering(opened - 1) });
    const after = await ask(`${ACCOUNT}/campaigns`, { filtering: filtering(opened) });

    expect(rowsOf(before)).toHaveLength(1);
    expect(rowsOf(after)).toHaveLength(0);
  });

  test('write local times with an offset without a colon', async () => {
    const answer = await ask(`${ACCOUNT}/campaigns`, { fields: 'created_time' });

    expect(rowsOf(answer)[0]).toEqual({
      id: '120214687309120411',
      created_time: '2026-08-01T09:00:00-0300',
    });
  });
});

describe('insights', () => {
  test('leave out what did not happen', async () => {
    const answer = await ask(`${ACCOUNT}/insights`, question('2026-10-01', '2026-10-01'));

    const [clicked, , seen] = rowsOf(answer);
    expect(clicked).toMatchObject({ spend: '12.34', inline_link_clicks: '15' });
    expect(clicked?.['actions']).toContainEqual({
      action_type: 'omni_purchase',
      value: '1',
      '1d_click': '1',
      '7d_click': '1',
    });
    expect(Object.keys(seen ?? {})).not.toContain('actions');
    expect(Object.keys(seen ?? {})).not.toContain('cpc');
  });

  test('are restated as the clock advances, and a row can vanish', async () => {
    const window = question(TAKEN_BACK.date, TAKEN_BACK.date);

    const before = await ask(`${ACCOUNT}/insights`, window);
    clock.moveTo(TAKEN_BACK.after);
    const after = await ask(`${ACCOUNT}/insights`, window);

    expect([rowsOf(before).length, rowsOf(after).length]).toEqual([3, 2]);
    const purchases = (rows: readonly Json[]) =>
      (rows[1]?.['actions'] as Json[] | undefined)?.find(
        (action) => action['action_type'] === 'purchase',
      );
    expect([purchases(rowsOf(before)), purchases(rowsOf(after))]).toMatchObject([
      { value: '1' },
      { value: '2' },
    ]);
  });

  test('broken down add up to the whole, and a part can lack its key', async () => {
    const whole = await ask(`${ACCOUNT}/insights`, question('2026-10-01', '2026-10-01'));
    const parts = await ask(
      `${ACCOUNT}/insights`,
      question('2026-10-01', '2026-10-01', { breakdowns: '["country"]' }),
    );

    const impressions = (rows: readonly Json[]) =>
      rows.reduce((sum, row) => sum + Number(row['impressions']), 0);
    expect(impressions(rowsOf(parts))).toBe(impressions(rowsOf(whole)));
    expect(rowsOf(parts).map((row) => row['country'])).toContain(undefined);
  });

  test('of a report come once it is completed and at 100 per cent', async () => {
    const created = await post(question('2026-10-01', '2026-10-03'));
    const run = String(created.body['report_run_id']);
    const early = await ask(`${run}/insights`);
    const polls = [await ask(run), await ask(run), await ask(run), await ask(run)];
    const rows = await ask(`${run}/insights`, { limit: '4' });

    expect(rowsOf(early)).toEqual([]);
    expect(
      polls.map(({ body }) => [body['async_status'], body['async_percent_completion']]),
    ).toEqual([
      ['Job Not Started', 0],
      ['Job Running', 42],
      ['Job Completed', 99],
      ['Job Completed', 100],
    ]);
    expect(rowsOf(rows)).toHaveLength(4);
    expect(rows.body['paging']).toHaveProperty('next');
  });
});

describe('limits', () => {
  test('are told as they fill up, and refused with the minutes to wait', async () => {
    simulator.state.useLimits({ insightCalls: 4 });
    const window = question('2026-10-01', '2026-10-01');
    const used = (answer: Answer) =>
      (
        Object.values(JSON.parse(answer.headers['x-business-use-case-usage'] ?? '{}'))[0] as Json[]
      ).map(({ call_count }) => call_count);

    const answers: Answer[] = [];
    for (let call = 0; call < 5; call += 1) answers.push(await ask(`${ACCOUNT}/insights`, window));
    clock.advance(15 * 60_000);
    const later = await ask(`${ACCOUNT}/insights`, window);

    expect(answers.flatMap(used)).toEqual([25, 50, 75, 100, 100]);
    expect(decided(answers[4] as Answer)).toEqual({ action: 'rate_limited', waitMs: 900_000 });
    expect(later.status).toBe(200);
  });
});

describe('every recorded error', () => {
  const cases: Readonly<Record<string, () => Promise<Answer>>> = {
    async_job_failed: async () => {
      simulator.state.useLimits({ rows: 3 });
      const run = String((await post(question('2026-10-01', '2026-10-03'))).body['report_run_id']);
      for (let poll = 0; poll < 3; poll += 1) await ask(run);
      return ask(run);
    },
    code_100_too_much_data: () =>
      ask(`${ACCOUNT}/insights`, question('2026-10-01', '2026-10-01', { limit: '1000' })),
    code_17_user_limit: async () => {
      simulator.state.useLimits({ managementCalls: 1 });
      await ask(`${ACCOUNT}/ads`);
      return ask(`${ACCOUNT}/ads`);
    },
    code_190_token: async () => {
      simulator.tokens.accept('short', 1000);
      clock.advance(1000);
      return ask(`${ACCOUNT}/ads`, {}, { token: 'short' });
    },
    code_1_too_much_data: () => {
      simulator.state.useLimits({ rows: 3 });
      return ask(`${ACCOUNT}/insights`, question('2026-10-01', '2026-10-03'));
    },
    code_200_permission: () => {
      simulator.state.isPermitted = false;
      return ask(`${ACCOUNT}/ads`);
    },
    code_2_transient: () => {
      simulator.setFaults({ faultOf: () => ({ kind: 'server_error' }) });
      return ask(`${ACCOUNT}/ads`);
    },
    code_4_app_limit: async () => {
      simulator.state.useLimits({ appCalls: 1 });
      await ask(`${ACCOUNT}/ads`);
      return ask(`${ACCOUNT}/ads`);
    },
    code_613_custom: async () => {
      simulator.state.useLimits({ reports: 1 });
      await post(question('2026-10-01', '2026-10-03'));
      return post(question('2026-10-01', '2026-10-03'));
    },
    code_80000_buc: async () => {
      simulator.state.useLimits({ insightCalls: 8 });
      const window = question('2026-10-01', '2026-10-01');
      for (let call = 0; call < 8; call += 1) await ask(`${ACCOUNT}/insights`, window);
      clock.advance(30_000);
      return ask(`${ACCOUNT}/insights`, window);
    },
  };

  test.each(recordedErrors('meta_ads'))('happens: $name', async ({ name, expected, response }) => {
    const answer = await cases[name]?.();

    expect(answer).toBeDefined();
    if (answer === undefined) return;
    expect(decided(answer)).toEqual(expected);
    expect(answer.body['error'] ?? {}).toMatchObject(codesOf(response.body));
  });

  function codesOf(body: unknown): Json {
    const { error } = body as { error?: Json };
    const { message: _, ...codes } = error ?? {};
    return codes;
  }
});

test('another account, an old version and a path that is not there are refused', async () => {
  const foreign = await ask('act_1/ads');
  const old = await fetch(`${simulator.origin}/v20.0/${ACCOUNT}/ads?access_token=token`);
  const nowhere = await ask(`${ACCOUNT}/nowhere/at/all`);

  expect(foreign.body).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  expect(await old.json()).toMatchObject({ error: { code: 2635 } });
  expect(nowhere.body).toMatchObject({ error: { code: 2500 } });
});
