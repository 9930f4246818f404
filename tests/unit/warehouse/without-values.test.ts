import { expect, test } from 'vitest';
import { withoutValues } from '../../../cli/warehouse/without-values.ts';

test.each([
  [
    1062,
    "Duplicate entry '98765-4321' for key 'phone'",
    "Duplicate entry '…10 characters…' for key 'phone'",
  ],
  [
    1062,
    "Duplicate entry 'ana@example.com' for key 'PRIMARY'",
    "Duplicate entry '…15 characters…' for key 'PRIMARY'",
  ],
  [
    1062,
    "Duplicate entry '11987654321' for key 'phone'",
    "Duplicate entry '…11 characters…' for key 'phone'",
  ],
  [
    1062,
    "Duplicate entry '1001-2' for key 'PRIMARY'",
    "Duplicate entry '1001-2' for key 'PRIMARY'",
  ],
  [1062, "Duplicate entry '1-D'Ávila' for key 'k'", "Duplicate entry '…9 characters…' for key 'k'"],
  [1062, "Duplicate entry '2026-11-25' for key 'k'", "Duplicate entry '2026-11-25' for key 'k'"],
  [
    1366,
    "Incorrect decimal value: 'R$ 12,50' for column `shop`.`t`.`total` at row 1",
    "Incorrect decimal value: 'R$ 12,50' for column `shop`.`t`.`total` at row 1",
  ],
  [
    1366,
    "Incorrect integer value: 'Ana Souza' for column 'n' at row 1",
    "Incorrect integer value: '…9 characters…' for column 'n' at row 1",
  ],
  [
    1292,
    "Truncated incorrect DOUBLE value: '123.456.789-09'",
    "Truncated incorrect DOUBLE value: '…14 characters…'",
  ],
  [
    1411,
    "Incorrect datetime value: 'Rua das Flores' for function str_to_date",
    "Incorrect datetime value: '…14 characters…' for function str_to_date",
  ],
  [
    1064,
    "You have an error near 'value: 'x' for column'",
    "You have an error near 'value: 'x' for column'",
  ],
])('%d: %s', (errno, message, told) => {
  expect(withoutValues(message, errno)).toBe(told);
});
