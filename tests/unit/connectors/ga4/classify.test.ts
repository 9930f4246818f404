import { expect, test } from 'vitest';
import { classify } from '../../../../connectors/ga4/classify.ts';
import { decisionOf, recordedErrors } from '../../../support/platform-fixture.ts';

const decided = (status: number, message: string) =>
  decisionOf(classify({ status, headers: {}, body: { error: { message } } }));

test.each(recordedErrors('ga4'))('$name is met as recorded', ({ response, expected }) => {
  expect(decisionOf(classify(response))).toEqual(expected);
});

test('there are eight recorded errors', () => {
  expect(recordedErrors('ga4')).toHaveLength(8);
});

test('a property that does not exist is the account’s fault', () => {
  expect(decided(404, 'Not found')).toEqual({ action: 'fatal', kind: 'account' });
});

test('a 429 that names no quota is waited for as long as it lasts', () => {
  expect(decided(429, '')).toEqual({ action: 'rate_limited' });
});

test('potentially thresholded requests come back within the hour', () => {
  const message = 'Exhausted potentially thresholded requests quota.';
  expect(decided(429, message)).toEqual({ action: 'rate_limited', waitMs: 3_600_000 });
});
