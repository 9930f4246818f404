import { expect, test } from 'vitest';
import { paceOf } from '../../../../connectors/meta-ads/usage.ts';

const pace = (headers: Readonly<Record<string, string>>) =>
  paceOf({ status: 200, headers, body: {} });

const business = (call_count: number, estimated_time_to_regain_access = 0) => ({
  'x-business-use-case-usage': JSON.stringify({
    '1038472956104733': [
      { type: 'ads_management', call_count: 2, total_cputime: 1, total_time: 3 },
      { type: 'ads_insights', call_count, total_cputime: 11, estimated_time_to_regain_access },
    ],
  }),
});

test('the most used limit of all headers counts', () => {
  const throttle = '{"app_id_util_pct": 6.0, "acc_id_util_pct": 41.6}';

  expect(pace({ ...business(12), 'x-fb-ads-insights-throttle': throttle })).toEqual({
    state: '42 % used',
  });
});

test('above 75 % one call goes at a time', () => {
  expect(pace(business(76))).toEqual({ state: '76 % used', concurrency: 1 });
  expect(pace(business(75))).toEqual({ state: '75 % used' });
});

test('above 95 % a minute passes before the next call', () => {
  expect(pace({ 'x-app-usage': '{"call_count":96,"total_cputime":1,"total_time":3}' })).toEqual({
    state: '96 % used',
    waitMs: 60_000,
    concurrency: 1,
  });
});

test('lost access is waited for as long as Meta says', () => {
  expect(pace(business(40, 7))).toMatchObject({ waitMs: 420_000, concurrency: 1 });
});

test('headers that say nothing are no signal', () => {
  expect(pace({})).toBeUndefined();
  expect(pace({ 'x-app-usage': 'busy' })).toBeUndefined();
});
