import { expect, test } from 'vitest';
import { textTable } from '../../../cli/report/table.ts';

test('numbers stand to the right, absent values are NULL and long texts are cut', () => {
  const rows = [
    { country: 'Brasil', orders: '12', note: 'a\nb' },
    { country: 'São Tomé e Príncipe', orders: '1043.50', note: null },
  ];

  expect(textTable(['country', 'orders', 'note'], rows, { widestColumn: 12 }))
    .toMatchInlineSnapshot(`
    "country        orders  note
    ------------  -------  ----
    Brasil             12  a\\nb
    São Tomé e …  1043.50  NULL"
  `);
});

test('a result without rows still shows its columns', () => {
  expect(textTable(['id', 'total'], [])).toMatchInlineSnapshot(`
    "id  total
    --  -----"
  `);
});
