import { expect, test } from 'vitest';
import { ReadFailure } from '../../../../connectors/sdk/read-failure.ts';
import { recordsAt } from '../../../../connectors/sdk/records-at.ts';

test('the records of a list are found by its path', () => {
  expect(recordsAt({ data: { list: [{ id: '1' }] } }, 'data.list')).toEqual([{ id: '1' }]);
  expect(recordsAt({ data: [] }, 'data')).toEqual([]);
});

test.each([
  ['no list', {}],
  ['a map', { data: { id: '1' } }],
  ['text among the records', { data: [{ id: '1' }, 'two'] }],
  ['a page of HTML', '<html>'],
])('%s is no empty list', (_, body) => {
  expect(() => recordsAt(body, 'data')).toThrow(ReadFailure);
});
