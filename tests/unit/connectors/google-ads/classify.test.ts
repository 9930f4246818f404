import { describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/google-ads/classify.ts';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';

const decided = (status: number, body: JsonValue) =>
  decisionOf(classify({ status, headers: {}, body }));

const failure = (kind: string, code: string) => ({
  error: {
    message: 'as it is',
    details: [{ errors: [{ errorCode: { [kind]: code }, message: 'so' }] }],
  },
});

test.each(recordedErrors('google_ads'))('$name is met as recorded', ({ response, expected }) => {
  expect(decisionOf(classify(response))).toEqual(expected);
});

test('there are nine recorded errors', () => {
  expect(recordedErrors('google_ads')).toHaveLength(9);
});

describe('an answer of Google Ads', () => {
  test('the operations of a day used up end the run until they come back', () => {
    const body = failure('quotaError', 'EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION');
    expect(decided(429, body)).toEqual({ action: 'stop_until_reset' });
  });

  test('a manager account is left out', () => {
    const body = failure('queryError', 'REQUESTED_METRICS_FOR_MANAGER');
    expect(decided(400, body)).toEqual({ action: 'skip_account' });
  });

  test('pages that took too long are asked for in a shorter window', () => {
    expect(decided(400, failure('requestError', 'EXPIRED_PAGE_TOKEN'))).toEqual({
      action: 'split_request',
    });
  });

  test('an expired token is renewed, a wrong one is not', () => {
    expect(decided(401, failure('authenticationError', 'OAUTH_TOKEN_EXPIRED'))).toEqual({
      action: 'refresh_auth',
    });
    expect(decided(400, failure('authenticationError', 'DEVELOPER_TOKEN_INVALID'))).toEqual({
      action: 'fatal',
      kind: 'auth',
    });
  });

  test.each([500, 502, 503, 504])('HTTP %i passes', (status) => {
    expect(decided(status, '<html>')).toEqual({ action: 'retry' });
  });
});
