import { describe, expect, test } from 'vitest';
import type { GoogleField } from '../../../../tracking/identity/google.ts';
import {
  googleIdentifier,
  googlePostalCode,
  googleRegionCode,
} from '../../../../tracking/identity/google.ts';
import type { MetaField } from '../../../../tracking/identity/meta.ts';
import { metaIdentifier } from '../../../../tracking/identity/meta.ts';
import { phoneDigits } from '../../../../tracking/identity/phone.ts';
import { countryCode } from '../../../../tracking/identity/country.ts';
import { postalCode, state } from '../../../../tracking/identity/place.ts';
import { birthDigits } from '../../../../tracking/identity/person.ts';
import { externalId } from '../../../../tracking/identity/external-id.ts';
import { googleFamilyName, splitName } from '../../../../tracking/identity/names.ts';
import type { TikTokField } from '../../../../tracking/identity/tiktok.ts';
import { tikTokIdentifier } from '../../../../tracking/identity/tiktok.ts';
import { trackingCases } from '../../../support/tracking-fixture.ts';

interface NormalizeCase {
  readonly field: string;
  readonly input: string;
  readonly normalized: string | null;
  readonly sha256: string | null;
  readonly hashed?: boolean;
  readonly already_hashed?: boolean;
  readonly kind?: 'cpf';
}

function context({ kind }: NormalizeCase) {
  return { country: 'BR', externalIdKind: kind ?? 'opaque' } as const;
}

function expected({ normalized, sha256, already_hashed: isHashed = false }: NormalizeCase) {
  return normalized === null ? undefined : { text: normalized, hash: sha256, isHashed };
}

describe('identifiers are normalised and hashed as each platform compares them', () => {
  test.each(trackingCases<NormalizeCase>('normalize_meta'))('$id: $field', (entry) => {
    const found = metaIdentifier(entry.field as MetaField, entry.input, context(entry));

    expect(found).toEqual(expected(entry));
  });

  test.each(trackingCases<NormalizeCase>('normalize_tiktok'))('$id: $field', (entry) => {
    const found = tikTokIdentifier(entry.field as TikTokField, entry.input, context(entry));

    expect(found).toEqual(expected(entry));
  });

  const google = trackingCases<NormalizeCase>('normalize_google');
  const inClear = { region_code: googleRegionCode, postal_code: googlePostalCode } as const;
  const isClear = (field: string): field is keyof typeof inClear => field in inClear;

  test.each(google.filter(({ field }) => !isClear(field)))('$id: $field', (entry) => {
    const found = googleIdentifier(entry.field as GoogleField, entry.input, { country: 'BR' });

    expect(found).toEqual(expected(entry));
  });

  test.each(google.filter(({ field }) => isClear(field)))('$id: $field', (entry) => {
    const found = isClear(entry.field) ? inClear[entry.field](entry.input) : undefined;

    expect(found ?? null).toBe(entry.normalized);
  });
});

describe('names', () => {
  test.each(
    trackingCases<{ input: string; first_name: string; last_name: string | null }>('split_name'),
  )('$id: first word and rest', ({ input, first_name: first, last_name: last }) => {
    expect(splitName(input)).toEqual({ first, last: last ?? undefined });
  });

  test('English suffixes go, Brazilian ones are part of the name', () => {
    expect(['Silva Jr. PhD', 'Souza Neto', 'Lima Júnior', 'dias'].map(googleFamilyName)).toEqual([
      'silva',
      'souza neto',
      'lima júnior',
      'dias',
    ]);
  });
});

test.each([
  ['1133334444', '551133334444'],
  ['5511987654321', '5511987654321'],
  ['0055 11 98765-4321', '5511987654321'],
  ['0 15 11 98765-4321', '5511987654321'],
  ['+55 (011) 98765-4321', '5511987654321'],
  ['+351 912 345 678', '351912345678'],
  ['0800 123 4567', undefined],
  ['98765-4321', undefined],
  ['(20) 98765-4321', undefined],
  ['(11) 8765-4321', undefined],
  ['00000000000', undefined],
])('the telephone number %s is %s', (written, digits) => {
  expect(phoneDigits(written, 'BR')).toBe(digits);
});

test.each([
  ['BRA', 'BR'],
  ['brazil', 'BR'],
  ['Estados Unidos', 'US'],
  ['Áustria', 'AT'],
  ['XX', undefined],
  ['Nowhere', undefined],
])('the country %s is %s', (written, code) => {
  expect(countryCode(written)).toBe(code);
});

test('states, postal codes, birthdays and documents that are none are left out', () => {
  expect(state('Paraná', 'BR')).toBe('pr');
  expect(state('Atlântida', 'BR')).toBeUndefined();
  expect(postalCode('1310-100', 'BR')).toBe('01310100');
  expect(postalCode('310-100', 'BR')).toBeUndefined();
  expect(postalCode('94025-1234', 'US')).toBe('94025');
  expect(birthDigits('31/02/1990')).toBeUndefined();
  expect(birthDigits('1990-03-02T23:59:59-03:00')).toBe('19900302');
  expect(externalId('529.982.247-26', 'cpf')).toBeUndefined();
  expect(externalId('111.111.111-11', 'cpf')).toBeUndefined();
  expect(externalId('1.234.567-97', 'cpf')).toBe('00123456797');
});
