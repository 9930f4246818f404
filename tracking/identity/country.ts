import countries from 'i18n-iso-countries/index.js';
import { Remembered } from './remembered.ts';
import { folded } from './text.ts';

/** What people write besides the names that the language data knows. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  eua: 'US',
  uk: 'GB',
  'great britain': 'GB',
};

/** ISO 3166-1 alpha-2 in upper case, from two or three letters or a Portuguese or English name. */
export function countryCode(text: string): string | undefined {
  return known.of(text, () => codeOf(text));
}

/** A shop's customers write few of them. */
const known = new Remembered<string | undefined>(1_000);

function codeOf(text: string): string | undefined {
  const code = text.toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && countries.isValid(code)) return code;
  if (/^[A-Z]{3}$/.test(code) && countries.isValid(code)) return countries.alpha3ToAlpha2(code);
  return codesByName().get(folded(text).replaceAll(/\s+/g, ' '));
}

let names: ReadonlyMap<string, string> | undefined;

function codesByName(): ReadonlyMap<string, string> {
  names ??= new Map([
    ...Object.entries(SHORT_NAMES),
    ...['pt', 'en'].flatMap((language) => {
      const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      return Object.keys(countries.getAlpha2Codes()).flatMap((code): [string, string][] => {
        const name = regions.of(code);
        return name === undefined ? [] : [[folded(name), code]];
      });
    }),
  ]);
  return names;
}
