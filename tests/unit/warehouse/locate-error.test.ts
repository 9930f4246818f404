import { describe, expect, test } from 'vitest';
import {
  nameRanges,
  nearRange,
  qualifiedRanges,
  withoutCommentsAndLiterals,
} from '../../../cli/warehouse/locate-error.ts';

const textAt = (sql: string, range: { start: number; end: number } | undefined) =>
  range === undefined ? undefined : sql.slice(range.start, range.end);

describe('a syntax error', () => {
  const said = (near: string, line: number) =>
    `You have an error in your SQL syntax; check the manual … to use near '${near}' at line ${line}`;

  test('stands at the first word that the server quotes', () => {
    const sql = 'select id,\n  total amount net\nfrom orders';

    expect(textAt(sql, nearRange(said('net\nfrom orders', 2), sql))).toBe('net');
  });

  test('is looked for from the line that the server names', () => {
    const sql = 'select a from t\nwhere from t';

    expect(nearRange(said('from t', 2), sql)?.start).toBe(sql.lastIndexOf('from t'));
  });

  test('at the end of the statement stands at its last character', () => {
    const sql = 'select (1 + 2\n';

    expect(textAt(sql, nearRange(said('', 1), sql))).toBe('2');
  });

  test('is found when the quote ends inside of a character', () => {
    const sql = 'select 1 frm ação';

    expect(textAt(sql, nearRange(said('frm aç\uFFFD', 1), sql))).toBe('frm');
  });

  test('is found when the quote runs on into the next statement', () => {
    const sql = 'select * from (\nselect 1 frm x\n) as q limit 0';

    const range = nearRange(said('frm x\n) as q limit 0;\n/* cortex:r1 */ show full col', 2), sql);

    expect(textAt(sql, range)).toBe('frm');
    expect(textAt(sql, nearRange(said(';\n/* cortex:r1 */ show', 3), sql))).toBe('0');
  });

  test('is not made up from another message', () => {
    expect(nearRange("Unknown column 'a' in 'field list'", 'select a')).toBeUndefined();
  });
});

describe('a name', () => {
  test('is found quoted or not, in any case, and only as a whole', () => {
    const sql = 'select o.total, `o`.`TOTAL`, o.total_net, foo.total, O . Total from orders o';

    expect(nameRanges('o.total', sql).map((range) => textAt(sql, range))).toEqual([
      'o.total',
      '`o`.`TOTAL`',
      'O . Total',
    ]);
  });

  test('is not found in comments and literals', () => {
    const sql = 'select \'total\' -- total\n, "total" /* total */ # total\n, total from t';

    expect(nameRanges('total', sql).map((range) => range.start)).toEqual([
      sql.lastIndexOf('total'),
    ]);
  });

  test('may hold characters that mean something in a pattern', () => {
    const sql = 'select `a+b (x)` from t';

    expect(textAt(sql, nameRanges('a+b (x)', sql)[0])).toBe('`a+b (x)`');
  });
});

test('a table is found with the database before it, and not as a column', () => {
  const sql = 'select orders, t.orders_2 from `shop`.`orders` join shop.orders';

  expect(qualifiedRanges('orders', sql).map((range) => textAt(sql, range))).toEqual([
    '`shop`.`orders`',
    'shop.orders',
  ]);
});

test('blanking out comments and literals keeps every offset', () => {
  const sql = "a 'it''s \\' b' -- c\nd";

  expect(withoutCommentsAndLiterals(sql)).toBe(`a ${' '.repeat(12)}     \nd`);
});
