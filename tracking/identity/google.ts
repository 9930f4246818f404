import { googleEmail } from './email.ts';
import type { Normalized } from './hashed.ts';
import { hashedValue } from './hashed.ts';
import { googleFamilyName, googleGivenName } from './names.ts';
import { phoneDigits } from './phone.ts';
import { cleaned } from './text.ts';

/** Identifiers that Google takes hashed, in both of its APIs. */
export type GoogleField = 'email_address' | 'phone_number' | 'given_name' | 'family_name';

/** Data Manager API, "Format user data". Without a country code a number is of `country`. */
export function googleIdentifier(
  field: GoogleField,
  value: string | null | undefined,
  context: { readonly country: string },
): Normalized | undefined {
  return hashedValue(value, (text) => RULES[field](text, context.country));
}

const RULES: Readonly<Record<GoogleField, (text: string, country: string) => string | undefined>> =
  {
    email_address: googleEmail,
    phone_number: (text, country) => {
      const digits = phoneDigits(text, country);
      return digits === undefined ? undefined : `+${digits}`;
    },
    given_name: googleGivenName,
    family_name: googleFamilyName,
  };

/** Two letters in upper case, sent in clear. */
export function googleRegionCode(value: string | null | undefined): string | undefined {
  const code = cleaned(value)?.toUpperCase();
  return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** Trimmed, sent in clear: `01310-100` keeps its dash. */
export function googlePostalCode(value: string | null | undefined): string | undefined {
  return cleaned(value);
}
