import { brazilianState } from './brazilian-states.ts';
import { countryCode } from './country.ts';
import { folded, nonEmpty } from './text.ts';

/** Letters a to z only: `São Paulo` is `saopaulo`. */
export function city(text: string): string | undefined {
  return nonEmpty(folded(text).replaceAll(/[^a-z]/g, ''));
}

/** Two letters for Brazil and the United States, elsewhere letters a to z; lower case. */
export function state(text: string, country: string): string | undefined {
  if (country === 'BR') return brazilianState(text);
  const letters = city(text);
  return country === 'US' && letters?.length !== 2 ? undefined : letters;
}

/**
 * Brazil: eight digits, the leading zero that a spreadsheet took put back. The first five digits for the
 * United States, elsewhere without spaces and dashes.
 */
export function postalCode(text: string, country: string): string | undefined {
  if (country === 'BR') {
    const digits = text.replaceAll(/\D/g, '');
    return /^\d{7,8}$/.test(digits) ? digits.padStart(8, '0') : undefined;
  }
  const plain = text.toLowerCase().replaceAll(/[\s-]/g, '');
  return nonEmpty(country === 'US' ? plain.slice(0, 5) : plain);
}

/** Two letters in lower case. */
export function country(text: string): string | undefined {
  return countryCode(text)?.toLowerCase();
}
