import { expect, test } from 'vitest';
import { conversionOf } from '../../../../tracking/outbox/conversion-row.ts';

const items = (written: string) =>
  conversionOf({ order_id: '1', occurred_at: '2026-11-22 12:00:00', items: written }).items;

test('items are read with numbers as numbers or texts', () => {
  expect(
    items('[{"id": 7, "name": null, "category": "Camisas", "quantity": "2", "unit_price": 89.9}]'),
  ).toEqual([{ id: '7', name: undefined, category: 'Camisas', quantity: 2, unitPrice: '89.9' }]);
});

test.each([
  ['no JSON', '[{"id": 1'],
  ['no list', '{"id": "1", "quantity": 1, "unit_price": "1"}'],
  ['an item that is no map', '[7]'],
  ['an item without a price', '[{"id": "1", "quantity": 1}]'],
  ['less than nothing of an item', '[{"id": "1", "quantity": -1, "unit_price": "1"}]'],
  ['no number of an item', '[{"id": "1", "quantity": "some", "unit_price": "1"}]'],
  ['a name that is a map', '[{"id": "1", "name": {}, "quantity": 1, "unit_price": "1"}]'],
])('a column with %s is no list of items', (_, written) => {
  expect(items(written)).toEqual([]);
});
