import type { CountryCode } from 'libphonenumber-js/max';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Numbers of services, which are nobody's. */
const SERVICE = /^0[38]00/;
/** Trunk prefix, and the two digits of a carrier before area and number. */
const TRUNK = /^0(?:\d\d(?=\d{10,11}$))?/;
const MOBILE_OR_LANDLINE = /^[1-9]\d(?:9\d{8}|[2-5]\d{7})$/;

/**
 * A telephone number as digits of E.164, without the plus; `undefined` where it is no number of a person or
 * the area is missing. A number without a country code is of `country` (ISO 3166-1, `BR`).
 */
export function phoneDigits(text: string, country: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '');
  if (text.startsWith('+')) return internationalDigits(digits);
  if (digits.startsWith('00')) return internationalDigits(digits.slice(2));
  if (country === 'BR') return brazilianDigits(digits);
  if (!isSupportedCountry(country)) return undefined;
  return validDigits(parsePhoneNumberFromString(digits, country satisfies CountryCode));
}

function internationalDigits(digits: string): string | undefined {
  if (digits.startsWith('55')) return ofBrazil(digits.slice(2).replace(/^0/, ''));
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  return parsed?.isPossible() === true ? parsed.number.slice(1) : undefined;
}

/** 10 and 11 digits are area and number, even where the area is 55; with 12 and 13 the 55 is the country. */
function brazilianDigits(digits: string): string | undefined {
  if (SERVICE.test(digits)) return undefined;
  const local = digits.replace(TRUNK, '');
  const isWhole = /^55\d{10,11}$/.test(local);
  return ofBrazil(isWhole ? local.slice(2) : local);
}

function ofBrazil(national: string): string | undefined {
  return MOBILE_OR_LANDLINE.test(national) && isAssigned(national) ? `55${national}` : undefined;
}

/** Whether numbers that begin so are given out, by beginning and length. */
const assigned = new Map<string, boolean>();
/** Area, and the digits that part mobile numbers from the others: what the plan of Brazil goes by. */
const BEGINNING = 4;

/** Parsing takes longer than all else that is done for a customer: the library is asked once for each beginning. */
function isAssigned(national: string): boolean {
  const key = `${national.slice(0, BEGINNING)} ${national.length}`;
  let answer = assigned.get(key);
  if (answer === undefined) {
    const parsed = parsePhoneNumberFromString(national, 'BR');
    // 90 is no area: the library reads it as the prefix of a collect call, and another number behind it.
    answer = parsed?.nationalNumber === national && parsed.isValid();
    assigned.set(key, answer);
  }
  return answer;
}

function validDigits(parsed: ReturnType<typeof parsePhoneNumberFromString>): string | undefined {
  return parsed?.isValid() === true ? parsed.number.slice(1) : undefined;
}
