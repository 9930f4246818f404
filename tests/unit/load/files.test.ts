import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonText, parseExactly } from '../../../cli/load/files/json-numbers.ts';
import { matchingFiles } from '../../../cli/load/files/matching-files.ts';
import { snakeCase } from '../../../cli/load/files/table-columns.ts';
import { temporaryFolder } from '../../support/seed-file.ts';

test.each([
  ['CustomerID', 'customer_id'],
  ['Customer Name', 'customer_name'],
  ['HTTPStatus', 'http_status'],
  ['Preço (R$)', 'preco_r'],
  ['already_snake', 'already_snake'],
  ['line2Total', 'line2_total'],
])('%s is %s in snake case', (name, expected) => {
  expect(snakeCase(name)).toBe(expected);
});

test.each([
  ['a.csv', ['a.csv']],
  ['missing.csv', ['missing.csv']],
  ['*.csv', ['a.csv', 'b.csv']],
  ['{b,c}.*', ['b.csv', 'c.tsv']],
  ['?.csv', ['a.csv', 'b.csv']],
  ['*/*.csv', ['2026/a.csv']],
  ['**/*.csv', ['2026/01/deep.csv', '2026/a.csv', 'a.csv', 'b.csv']],
  ['**/nothing', []],
])('%s means the files it matches', async (pattern, expected) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '2026/01'), { recursive: true });
  for (const name of ['a.csv', 'b.csv', 'c.tsv', '.hidden.csv', '2026/a.csv', '2026/01/deep.csv']) {
    writeFileSync(join(folder, name), '');
  }

  const found = await matchingFiles(folder, pattern);

  expect(found.map((file) => file.name)).toEqual(expected);
});

test.each([
  ['12345678901234567890', '12345678901234567890'],
  ['0.1234567890123456789', '0.1234567890123456789'],
  ['1e-7', '0.0000001'],
  ['-1.5e3', '-1500'],
  ['1e21', '1000000000000000000000'],
  ['"12345678901234567890"', '12345678901234567890'],
  [
    '{"a":[12345678901234567890,"1234567890123456789"]}',
    '{"a":[12345678901234567890,"1234567890123456789"]}',
  ],
  ['true', 'true'],
  ['null', null],
])('the JSON value %s keeps every digit', (json, expected) => {
  expect(jsonText(parseExactly(json))).toBe(expected);
});
