import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { PiiKind } from '../../sdk/definition.ts';

/** Addresses that shops type where the customer gave none; they name nobody. */
const JUNK_EMAILS: ReadonlySet<string> = new Set([
  'cliente@loja.com.br',
  'naotem@email.com',
  'teste@teste.com',
]);
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Where a number without a country code is from. */
const HOME_COUNTRY = 'BR';

/**
 * The spelling in which equal persons, numbers and documents are equal, or `undefined` for what names nobody
 * (no e-mail address, a number of zeros): two of those must not look like one person.
 */
export function normalForm(value: string, kind: PiiKind): string | undefined {
  switch (kind) {
    case 'email':
      return email(value);
    case 'phone':
      return phone(value);
    case 'document':
      return personalDocument(value);
    case 'id':
    case 'ip':
    case 'birth_date':
      return emptyToNothing(value.trim());
    case 'name':
    case 'address':
    case 'text':
      return emptyToNothing(value.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/g, ' '));
  }
}

function emptyToNothing(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function email(value: string): string | undefined {
  const address = value.trim().toLowerCase();
  return EMAIL.test(address) && !JUNK_EMAILS.has(address) ? address : undefined;
}

/** Digits of E.164: country, area and number; mobiles of Brazil with the ninth digit of 2012 to 2016. */
function phone(value: string): string | undefined {
  const international = value.trim().replace(/^00(?=\s*[1-9])/, '+');
  const parsed = parsePhoneNumberFromString(international, HOME_COUNTRY);
  if (parsed === undefined) return undefined;
  const digits = parsed.number.slice(1);
  if (parsed.countryCallingCode !== '55') return parsed.isPossible() ? digits : undefined;
  const [, area = '', local = ''] = /^55([1-9]\d)(\d{8,9})$/.exec(digits) ?? [];
  if (local === '') return undefined;
  return local.length === 8 && /^[6-9]/.test(local) ? `55${area}9${local}` : digits;
}

/** CPF (11 digits) or CNPJ (14, since 2026 also with letters), without points and dashes. */
function personalDocument(value: string): string | undefined {
  const text = value.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const isDocument = /^\d{11}$/.test(text) || /^[0-9A-Z]{12}\d{2}$/.test(text);
  return isDocument && !/^(.)\1*$/.test(text) ? text : undefined;
}
