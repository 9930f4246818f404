import { describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/tiktok-ads/classify.ts';
import type { ApiResponse } from '../../../../connectors/sdk/http.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';

const envelope = (code: number) => ({
  status: 200,
  headers: {},
  body: { code, message: 'as it is', request_id: '1', data: {} },
});

const decided = (response: ApiResponse) => decisionOf(classify(response));

test.each(recordedErrors('tiktok_ads'))('$name is met as recorded', ({ response, expected }) => {
  expect(decided(response)).toEqual(expected);
});

test('there are nine recorded errors', () => {
  expect(recordedErrors('tiktok_ads')).toHaveLength(9);
});

describe('an answer of TikTok', () => {
  test('HTTP 200 is fine only with code 0', () => {
    expect(decided(envelope(0))).toEqual({ action: 'ok' });
    expect(decided(envelope(49_999))).toEqual({ action: 'fatal', kind: 'request' });
  });

  test('half an answer is asked for again', () => {
    expect(decided(envelope(20_001))).toEqual({ action: 'retry' });
  });

  test.each([40_016, 40_100, 40_133])('code %i is too fast', (code) => {
    expect(decided(envelope(code))).toEqual({ action: 'rate_limited' });
  });

  test.each([40_200, 40_201, 40_202, 40_700, 50_002, 60_001])('code %i passes', (code) => {
    expect(decided(envelope(code))).toEqual({ action: 'retry' });
  });

  test.each([40_101, 40_104, 40_110])('code %i refuses the token', (code) => {
    expect(decided(envelope(code))).toEqual({ action: 'fatal', kind: 'auth' });
  });

  test('another advertiser can still be read after code 40300', () => {
    expect(decided(envelope(40_300))).toEqual({ action: 'skip_account' });
  });

  test('a path that TikTok does not have is a version that ended', () => {
    expect(decided({ status: 404, headers: {}, body: '404 page not found' })).toEqual({
      action: 'fatal',
      kind: 'version',
    });
  });

  test('an answer that is no envelope is asked for again', () => {
    expect(decided({ status: 200, headers: {}, body: '<html>' })).toEqual({ action: 'retry' });
  });
});
