import { expect, test } from 'vitest';
import { stagingColumns } from '../../../macros/staging_columns.ts';

/** What a platform of a project's own gives in a column of orders, where it gives only its currency. */
function given(name: string): string | undefined {
  const columns = stagingColumns({ entity: 'orders', columns: { currency: "'GBP'" } });
  return columns.find((column) => column.name === name)?.given;
}

test('a column is what it was given, in its type', () => {
  expect(given('currency')).toBe("left(convert('GBP' using utf8mb4), 100) collate utf8mb4_bin");
});

test('what was not given is empty, and a flag or an amount is 0', () => {
  expect(given('paid_at')).toBe('cast(null as datetime(6))');
  expect(given('is_test')).toBe('cast(0 as signed)');
  expect(given('shipping_cost')).toBe('cast(0 as decimal(18,2))');
});

test('a column that the entity does not have is an error which lists those that it has', () => {
  expect(() => stagingColumns({ entity: 'stores', columns: { name: "'Aurora'" } })).toThrow(
    '`stores` has no column `name`; it has platform, store_id, store_name, currency, timezone, created_at',
  );
});

test('an entity that no platform has is an error', () => {
  expect(() => stagingColumns({ entity: 'stars' })).toThrow('no platform stages `stars`');
});
