import { describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/meta-ads/classify.ts';
import type { ApiResponse } from '../../../../connectors/sdk/http.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';

const ACCOUNT = { url: '/v25.0/act_1038472956104733/insights' };
const RUN = { url: '/v25.0/1049283746501234' };

const refused = (code: number, more: Record<string, string | number | boolean> = {}) => ({
  status: 400,
  headers: {},
  body: { error: { message: 'no', type: 'OAuthException', code, ...more } },
});

const decided = (response: ApiResponse, request = ACCOUNT) =>
  decisionOf(classify(response, request));

test.each(recordedErrors('meta_ads'))('$name is met as recorded', ({ response, expected }) => {
  expect(decided(response)).toEqual(expected);
});

test('there are ten recorded errors', () => {
  expect(recordedErrors('meta_ads')).toHaveLength(10);
});

describe('an answer of Meta', () => {
  test.each([4, 17, 32, 613, 80_000, 80_004, 80_006, 80_008])('code %i is too fast', (code) => {
    expect(decided(refused(code))).toEqual({ action: 'rate_limited' });
  });

  test.each([
    [100, 1_504_018],
    [2, 1_504_038],
    [100, 1_487_534],
  ])('code %i/%i asks for less', (code, error_subcode) => {
    expect(decided(refused(code, { error_subcode }))).toEqual({ action: 'split_request' });
  });

  test.each([
    [10, 'permission'],
    [3, 'permission'],
    [294, 'permission'],
    [102, 'auth'],
    [2635, 'version'],
    [100, 'request'],
  ])('code %i is fatal: %s', (code, kind) => {
    expect(decided(refused(code))).toEqual({ action: 'fatal', kind });
  });

  test('a breakdown that cannot be had is not tried again', () => {
    const answer = refused(2, { error_subcode: 1_504_041, is_transient: true });

    expect(decided(answer)).toEqual({ action: 'fatal', kind: 'request' });
  });

  test.each([
    refused(-2, { error_subcode: 2_490_547 }),
    refused(104),
    refused(960),
    refused(9999, { is_transient: true }),
    { status: 503, headers: {}, body: 'Service Unavailable' },
    { status: 200, headers: {}, body: '<html>' },
  ])('passing trouble is tried again: %o', (answer) => {
    expect(decided(answer)).toEqual({ action: 'retry' });
  });

  test('a run that is not known yet is asked for again, an account that is not there is not', () => {
    const missing = refused(100, { error_subcode: 33 });

    expect(decided(missing, RUN)).toEqual({ action: 'retry' });
    expect(decided(missing)).toEqual({ action: 'fatal', kind: 'permission' });
  });

  test('a skipped report asks for less, a running one is fine', () => {
    const run = (async_status: string) => ({ status: 200, headers: {}, body: { async_status } });

    // It was made before its pages are read: smaller ones would fail as it did.
    const asksForFewerDays = { action: 'split_request', by: 'slice' };
    expect(classify(run('Job Skipped'), RUN)).toMatchObject(asksForFewerDays);
    expect(classify(run('Job Failed'), RUN)).toMatchObject(asksForFewerDays);
    expect(decided(run('Job Running'), RUN)).toEqual({ action: 'ok' });
  });
});
