import { expect, test } from 'vitest';
import { valueAt } from '../../../../connectors/sdk/value-source.ts';

const record = {
  customer: { id: '1', name: null },
  variants: [{ id: 1, levels: [{ stock: 1 }, { stock: 2 }] }, { id: 2 }],
};

test('a path goes through maps', () => {
  expect(valueAt(record, 'customer.id')).toBe('1');
  expect(valueAt(record, 'customer.name')).toBeNull();
});

test('a step that is missing or no map ends a path', () => {
  expect(valueAt(record, 'customer.address.city')).toBeUndefined();
  expect(valueAt(record, 'customer.id.tail')).toBeUndefined();
  expect(valueAt(record, 'toString')).toBeUndefined();
});

test('through a list it is the list of the values there', () => {
  expect(valueAt(record, 'variants[].id')).toEqual([1, 2]);
  expect(valueAt(record, 'variants[].levels[].stock')).toEqual([[1, 2]]);
  expect(valueAt(record, 'customer[].id')).toBeUndefined();
});
