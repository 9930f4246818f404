import { expect, test } from 'vitest';
import { rowReader } from '../../../../cli/load/script/yielded-row.ts';

function stored(value: unknown, type: string): unknown {
  const row = rowReader({ c: type })({ c: value });
  return 'cells' in row ? row.cells[0] : row.problem;
}

test.each([
  [9_007_199_254_740_993n, 'bigint', '9007199254740993'],
  [1, 'int', '1'],
  [-0, 'int', '0'],
  [true, 'tinyint(1)', '1'],
  ['12345678901234567.89', 'decimal(20,2)', '12345678901234567.89'],
  [0.1, 'decimal(20,12)', '0.1'],
  [1.5e-7, 'decimal(20,12)', '0.00000015'],
  [1.5e-7, 'double', '1.5e-7'],
  [1e21, 'double', '1e+21'],
  [1 / 3, 'double', '0.3333333333333333'],
  ['a\tb', 'varchar(3)', 'a\tb'],
  ['á', 'varchar(1) character set utf8mb4 collate utf8mb4_bin', 'á'],
  [new Date('2026-01-02T03:04:05.600Z'), 'datetime(3)', '2026-01-02 03:04:05.6'],
  [new Date('2026-01-02T00:00:00Z'), 'date', '2026-01-02'],
  ['2026-01-02', 'date', '2026-01-02'],
  [null, 'int', null],
])('%s fits %s', (value, type, expected) => {
  expect(stored(value, type)).toEqual(expected);
});

test.each([
  [2 ** 53, 'bigint', 'a number (`9007199254740992`)'],
  [1.5, 'int', 'a number (`1.5`)'],
  [300, 'tinyint', 'a number (`300`)'],
  [0.125, 'decimal(10,2)', 'a number (`0.125`)'],
  [Number.NaN, 'double', 'a number (`NaN`)'],
  [Infinity, 'double', 'a number (`Infinity`)'],
  ['1,234', 'int', 'a string (`1,234`)'],
  [7, 'varchar(10)', 'a number (`7`)'],
  ['abcd', 'varchar(3)', 'a string (`abcd`)'],
  [new Date('2026-01-02T03:04:05Z'), 'date', 'a Date'],
  [new Date(Number.NaN), 'datetime', 'a Date'],
  [true, 'varchar(5)', 'a boolean (`true`)'],
  [{}, 'json', 'an object'],
])('%s does not fit %s', (value, type, kind) => {
  expect(stored(value, type)).toContain(kind);
  expect(stored(value, type)).toContain(`does not fit column \`c\` (\`${type}\`)`);
});

test('a row has a value for every column and for nothing else', () => {
  const read = rowReader({ a: 'int', b: 'int' });

  expect(read({ a: 1 })).toEqual({ problem: 'has no value in column `b`; write `null` for NULL' });
  expect(read({ a: 1, b: 2, c: 3 })).toEqual({
    problem: 'has `c`, which is not among its columns',
  });
  expect(read([1, 2])).toEqual({
    problem: 'is an array, not an object with a value for each column',
  });
  expect(read({ b: 2, a: 1 })).toEqual({ cells: ['1', '2'] });
});
