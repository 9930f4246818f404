import { expect, test } from 'vitest';
import { foldLine } from '../../../cli/report/fold.ts';

test('a line that fits stays as it is, blanks and colours included', () => {
  const line = '   \u001b[1mSynced\u001b[22m [  0.74s]   1/69  nuvemshop.orders';

  expect(foldLine(line, 45)).toEqual([line]);
});

test('a line breaks between its columns, and a column that fits a row stays whole', () => {
  const line = '    Synced [  0.74s] 17/69  nuvemshop.orders  1,204 added; 6h30m behind now';

  expect(foldLine(line, 59)).toEqual([
    '    Synced [  0.74s] 17/69  nuvemshop.orders',
    '            1,204 added; 6h30m behind now',
  ]);
});

test('a column that is wider than a row breaks between words, and never inside of one or of a duration', () => {
  const line = '    Landed [  0.74s] 541,909 added, 12 updated; at most 3 days behind now';

  for (let width = 22; width < line.length; width += 1) {
    const rows = foldLine(line, width);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(width);
    expect(rows[0]).toMatch(/^ {4}Landed \[ {2}0\.74s\]/);
    expect(rows.map((row) => row.trim()).join(' ')).toBe(line.trim());
  }
});

test('a word that is wider than the screen stays whole', () => {
  expect(foldLine('    Cortex mysql-production.internal.example.com', 30)).toEqual([
    '    Cortex',
    '            mysql-production.internal.example.com',
  ]);
});

test('colours take no room', () => {
  const line = '\u001b[32m    Landed\u001b[39m \u001b[2m[  0.74s]\u001b[22m nothing new';

  expect(foldLine(line, 32)).toEqual([line]);
  expect(foldLine(line, 31)).toEqual([
    '\u001b[32m    Landed\u001b[39m \u001b[2m[  0.74s]\u001b[22m nothing',
    '            new',
  ]);
});
