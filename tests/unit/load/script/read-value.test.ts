import { expect, test } from 'vitest';
import { readValue } from '../../../../cli/load/script/read-value.ts';

test.each([
  ['12345678901234567.89', 'text', '12345678901234567.89'],
  [7, 'text', '7'],
  ['9007199254740993', 'bigint', 9_007_199_254_740_993n],
  ['3.00', 'bigint', 3n],
  ['12.5', 'number', 12.5],
  ['9007199254740991', 'number', 9_007_199_254_740_991],
  ['0.00', 'boolean', false],
  [1, 'boolean', true],
  [null, 'number?', null],
  ['', 'text', ''],
] as const)('%s is read as %s', (given, readAs, value) => {
  expect(readValue(given, readAs)).toEqual({ value });
});

test.each([
  ['9007199254740993', 'number', 'holds `9007199254740993`'],
  ['2026-01-01', 'number', 'holds `2026-01-01`'],
  ['3.5', 'bigint', 'holds `3.5`'],
  ['yes', 'boolean', 'holds `yes`'],
  [null, 'number', 'is NULL'],
  [Buffer.from('a'), 'text', 'holds bytes'],
] as const)('%s is not read as %s', (given, readAs, problem) => {
  expect(readValue(given, readAs)).toEqual({ problem });
});
