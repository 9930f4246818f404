import { expect, test } from 'vitest';
import { buildNames } from '../../../cli/sql/build-names.ts';
import { normalizeType } from '../../../cli/materialize/infer-columns.ts';
import { storedType } from '../../../cli/materialize/table-design.ts';

test.each([
  ['varchar(0)', 'varchar(255)'],
  ['varchar(3)', 'varchar(255)'],
  ['varchar(900)', 'varchar(900)'],
  ['varbinary(0)', 'varchar(255)'],
  ['char(0)', 'varchar(1)'],
  ['char(36)', 'char(36)'],
  ['uuid', 'char(36)'],
  ['decimal(34,2)', 'decimal(34,2)'],
])('a query that gives %s is stored as %s', (given, stored) => {
  expect(storedType(given, true)).toBe(stored);
});

test('a wide table keeps its texts as narrow as the query gives them', () => {
  expect(storedType('varchar(50)', false)).toBe('varchar(50)');
  expect(storedType('varchar(0)', false)).toBe('varchar(1)');
});

test.each([
  ['BIGINT(21)', 'bigint'],
  ['int(10) unsigned', 'int unsigned'],
  ['tinyint(1)', 'tinyint(1)'],
  ['tinyint(4)', 'tinyint'],
  ['datetime /* mariadb-5.3 */', 'datetime'],
  ["enum('A','b')", "enum('A','b')"],
])('the type %s is spelled %s', (written, normalized) => {
  expect(normalizeType(written)).toBe(normalized);
});

test('names beside a relation fit in 64 characters and differ between long relations', () => {
  const long = (last: string) => ({ database: 'shop', name: `${'a'.repeat(63)}${last}` });

  const first = buildNames(long('x'));
  const second = buildNames(long('y'));

  expect(first.shadow.name).toHaveLength(64);
  expect(first.shadow.name).toMatch(/__cortex_new$/);
  expect(first.shadow.name).not.toBe(second.shadow.name);
  expect(buildNames({ database: 'shop', name: 'orders' }).old.name).toBe('orders__cortex_old');
});
