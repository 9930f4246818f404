import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normalForm } from '../../../../../connectors/runner/pii/normal-form.ts';

/** Made-up records with the normal forms that another program computed. */
const folder = resolve(import.meta.dirname, '../../../../fixtures/analytics');
const { expected } = JSON.parse(readFileSync(join(folder, 'F12_identity.json'), 'utf8')) as {
  expected: { normalised: Record<string, { email: string; phone: string; document: string }> };
};
const records = readFileSync(join(folder, 'F12_identity_input.csv'), 'utf8')
  .split('\n')
  .slice(1)
  .filter((line) => line !== '')
  .map((line) => line.split(','))
  .map(([id = '', , , , email = '', phone = '', document = '']) => ({
    id,
    email,
    phone,
    document,
  }));

test.each(records)('record $id has its normal forms', ({ id, email, phone, document }) => {
  const normal = {
    email: normalForm(email, 'email') ?? null,
    phone: normalForm(phone, 'phone') ?? null,
    document: normalForm(document, 'document') ?? null,
  };

  expect(normal).toEqual(expected.normalised[id]);
});

describe('phone', () => {
  test.each([
    ['+55 (21) 4425-8943', '552144258943'],
    ['(21) 94425-8943', '5521944258943'],
    ['021 94425 8943', '5521944258943'],
    ['+54 9 11 2345-6789', '5491123456789'],
    ['+1 415 555 2671', '14155552671'],
    ['21 8425-8943', '5521984258943'],
    ['123', undefined],
    ['no phone', undefined],
  ])('%j is %j', (value, expectedForm) => {
    expect(normalForm(value, 'phone')).toBe(expectedForm);
  });
});

test('a document may have letters since 2026, and never one digit only', () => {
  expect(normalForm('12.ABC.345/01DE-35', 'document')).toBe('12ABC34501DE35');
  expect(normalForm('111.111.111-11', 'document')).toBeUndefined();
});

test('names are compared without case and further spaces', () => {
  expect(normalForm('  Ana  SILVA ', 'name')).toBe('ana silva');
  expect(normalForm(' ', 'name')).toBeUndefined();
});
