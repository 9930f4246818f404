import { describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/shopify/classify.ts';
import { withRetryAfter } from '../../../../connectors/runner/http/retry-after.ts';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';

const decided = (status: number, body: JsonValue, headers = {}) =>
  decisionOf(classify({ status, headers, body }));

const refused = (code: string) => ({ errors: [{ message: 'as it is', extensions: { code } }] });

test.each(recordedErrors('shopify'))('$name is met as recorded', ({ response, expected }) => {
  expect(decisionOf(withRetryAfter(classify(response), response))).toEqual(expected);
});

test('there are twelve recorded errors', () => {
  expect(recordedErrors('shopify')).toHaveLength(12);
});

describe('an answer of Shopify', () => {
  test('data without errors is fine', () => {
    expect(decided(200, { data: { shop: {} } })).toEqual({ action: 'ok' });
  });

  test('being throttled comes before the other errors of the same answer', () => {
    const body = {
      errors: [...refused('INTERNAL_SERVER_ERROR').errors, ...refused('THROTTLED').errors],
    };
    expect(decided(200, body)).toEqual({ action: 'rate_limited' });
  });

  test('HTTP 430 is too fast, without a wait of its own', () => {
    expect(decided(430, { errors: 'Shopify security rejection' })).toEqual({
      action: 'rate_limited',
    });
  });

  test('a locked shop is skipped', () => {
    expect(decided(423, { errors: 'Locked' })).toEqual({ action: 'skip_account' });
    expect(decided(200, refused('SHOP_INACTIVE'))).toEqual({ action: 'skip_account' });
  });

  test('a page that is no JSON is asked for again', () => {
    expect(decided(200, '<html>')).toEqual({ action: 'retry' });
  });

  test.each(['FAILED', 'CANCELED', 'EXPIRED'])(
    'a bulk operation that is %s asks for less',
    (status) => {
      const body = {
        data: { node: { status, errorCode: 'TIMEOUT', partialDataUrl: 'https://x' } },
      };
      expect(decided(200, body)).toEqual({ action: 'split_request' });
    },
  );

  test.each(['CREATED', 'RUNNING', 'COMPLETED'])(
    'a bulk operation that is %s goes on',
    (status) => {
      expect(decided(200, { data: { node: { status } } })).toEqual({ action: 'ok' });
    },
  );
});
