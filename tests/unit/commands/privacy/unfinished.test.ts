import { expect, test } from 'vitest';
import type { Unfinished } from '../../../../cli/commands/privacy/unfinished.ts';
import { mergedTables, opened, sealed } from '../../../../cli/commands/privacy/unfinished.ts';

const SECRET = 'privacy-secret-of-a-test-0123456789';
const orders = { database: 'shop', name: 'raw_nuvemshop_orders' };
const UNFINISHED: Unfinished = {
  tables: [{ relation: orders, rows: 3 }],
  orderIds: ['1001'],
  cancelled: ['tiktok purchase.1001'],
  needles: { spellings: [{ kind: 'text', text: 'ana@example.com' }], hashes: ['9f86'] },
};

test('what an erasure has found is opened with its secret, and tells nothing without', () => {
  const text = sealed(SECRET, UNFINISHED);

  expect(opened(SECRET, text)).toEqual(UNFINISHED);
  expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain('ana@');
  expect(sealed(SECRET, UNFINISHED)).not.toBe(text);
  expect(() => opened(`${SECRET}0`, text)).toThrow();
});

test('a table that two erasures found is one, with the rows of the one that found more', () => {
  const lines = { database: 'shop', name: 'raw_nuvemshop_order_lines' };

  expect(
    mergedTables([
      { relation: orders, rows: 1 },
      { relation: lines, rows: 0 },
      { relation: { ...orders }, rows: 3 },
    ]),
  ).toEqual([
    { relation: orders, rows: 3 },
    { relation: lines, rows: 0 },
  ]);
});
