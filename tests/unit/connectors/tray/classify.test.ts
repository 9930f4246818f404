import { describe, expect, test } from 'vitest';
import { classify } from '../../../../connectors/tray/classify.ts';
import type { ApiRequest, ApiResponse } from '../../../../connectors/sdk/http.ts';
import type { JsonValue } from '../../../../connectors/sdk/json.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';

const DETAIL = { url: '/web_api/orders/70011/complete' };
const FILTERED = { url: '/web_api/orders', query: { modified: '2026-10-01', page: 1 } };

const decided = (response: ApiResponse, request: ApiRequest) =>
  decisionOf(classify(response, request));
const answer = (status: number, body: JsonValue) => ({ status, headers: {}, body });

test.each(recordedErrors('tray'))('$name is met as recorded', ({ response, expected }) => {
  expect(decided(response, DETAIL)).toEqual(expected);
});

test('there are ten recorded errors', () => {
  expect(recordedErrors('tray')).toHaveLength(10);
});

describe('the filter `modified`', () => {
  test.each([
    ['a list of maps', [{ modified: '2026-10-01' }]],
    ['a map', { modified: '2026-10-01' }],
  ])('was applied where appliedFilters is %s that holds it', (_, appliedFilters) => {
    expect(decided(answer(200, { appliedFilters, Orders: [] }), FILTERED)).toEqual({
      action: 'ok',
    });
  });

  test.each([[[]], [[{ date: '2026-10-01' }]], [undefined]])(
    'was ignored where appliedFilters is %j',
    (appliedFilters) => {
      const body = appliedFilters === undefined ? {} : { appliedFilters };

      expect(decided(answer(200, body), FILTERED)).toEqual({ action: 'fatal', kind: 'response' });
    },
  );
});

describe('a 404 of Tray', () => {
  const missing = answer(404, { code: 404 });

  test('ends a list that has become shorter', () => {
    const request = { url: '/web_api/products', query: { page: 2 } };

    expect(decided(missing, request)).toEqual({ action: 'end_of_pages' });
  });

  test('on a first page is a mistake', () => {
    const request = { url: '/web_api/products', query: { page: 1 } };

    expect(decided(missing, request)).toEqual({ action: 'fatal', kind: 'request' });
  });

  test('tells of a customer that it is gone', () => {
    expect(decided(missing, { url: '/web_api/customers/501' })).toEqual({
      action: 'skip_record',
    });
  });
});

test('a refusal says its code and its cause', () => {
  const body = { code: 401, causes: ['Loja bloqueada'], error_code: 1001 };

  expect(classify(answer(401, body), DETAIL)).toMatchObject({
    reason: 'HTTP 401 (1001): Loja bloqueada',
  });
});

test('an answer that is no JSON object is asked for again', () => {
  expect(decided(answer(200, '<html>'), DETAIL)).toEqual({ action: 'retry' });
});
