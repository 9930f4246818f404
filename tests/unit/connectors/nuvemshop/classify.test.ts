import { describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/nuvemshop/classify.ts';
import type { ApiResponse } from '../../../../connectors/sdk/http.ts';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';

const LIST = { url: '/2025-03/2981734/orders', query: { page: 1 } };

const decided = (response: ApiResponse, request: { readonly url: string } = LIST) =>
  decisionOf(classify(response, request));
const answer = (status: number, body: JsonValue, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body,
});

test.each(recordedErrors('nuvemshop'))('$name is met as recorded', ({ response, expected }) => {
  expect(decided(response)).toEqual(expected);
});

test('there are nine recorded errors', () => {
  expect(recordedErrors('nuvemshop')).toHaveLength(9);
});

describe('a 404 of Nuvemshop', () => {
  const missing = answer(404, { code: 404, message: 'Not Found' });

  test.each(['orders', 'customers', 'products', 'categories', 'checkouts', 'coupons'])(
    'ends the list of %s',
    (resource) => {
      expect(decided(missing, { url: `/2025-03/1/${resource}` })).toEqual({
        action: 'end_of_pages',
      });
    },
  );

  test('tells of a single object that it is gone', () => {
    expect(decided(missing, { url: '/2025-03/1/products/7' })).toEqual({ action: 'skip_record' });
  });

  test('tells that there is no such store', () => {
    const outcome = decided(missing, { url: '/2025-03/1/store' });

    expect(outcome).toEqual({ action: 'fatal', kind: 'account' });
  });
});

describe('an answer of Nuvemshop', () => {
  test('waits a tenth of a slot where the bucket is ten times as large', () => {
    const headers = { 'x-rate-limit-limit': '400', 'x-rate-limit-remaining': '0' };

    expect(decided(answer(429, '', headers))).toEqual({ action: 'rate_limited', waitMs: 50 });
  });

  test('is asked for again where a list is cut to no JSON', () => {
    expect(decided(answer(200, '<html>'))).toEqual({ action: 'retry' });
  });

  test('of another shape than a list is no list', () => {
    expect(decided(answer(200, { orders: [] }))).toEqual({ action: 'fatal', kind: 'response' });
  });

  test('names the fields that were refused', () => {
    const body = { created_at_min: ['The date format is invalid.'], page: ['No.', 'Not at all.'] };

    expect(classify(answer(422, body), LIST)).toMatchObject({
      reason: 'HTTP 422: `created_at_min`: The date format is invalid.; `page`: No. Not at all.',
    });
  });

  test.each([408, 500, 502, 503, 504])('with HTTP %i is asked for again', (status) => {
    expect(decided(answer(status, ''))).toEqual({ action: 'retry' });
  });
});
