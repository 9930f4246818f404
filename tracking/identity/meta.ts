import { email } from './email.ts';
import type { ExternalIdKind } from './external-id.ts';
import { externalId } from './external-id.ts';
import type { Normalized } from './hashed.ts';
import { hashedValue } from './hashed.ts';
import { metaName } from './names.ts';
import { birthDigits, gender } from './person.ts';
import { phoneDigits } from './phone.ts';
import { city, country, postalCode, state } from './place.ts';
import { Remembered } from './remembered.ts';

/** Fields of Meta's `user_data` that are hashed. */
const META_FIELDS = [
  'em',
  'ph',
  'fn',
  'ln',
  'db',
  'ge',
  'ct',
  'st',
  'zp',
  'country',
  'external_id',
] as const;
export type MetaField = (typeof META_FIELDS)[number];

/** What the rules of some fields depend on. */
export interface FieldContext {
  /** ISO 3166-1 alpha-2: of numbers without a country code, of states and postal codes. */
  readonly country: string;
  readonly externalIdKind: ExternalIdKind;
}

/** Meta's page "Customer information parameters" of 2026-01-09; each value is hashed after its rule. */
export function metaIdentifier(
  field: MetaField,
  value: string | null | undefined,
  context: FieldContext,
): Normalized | undefined {
  if (value === null || value === undefined) return undefined;
  const normalize = (text: string) => RULES[field](text, context);
  if (!SHARED.has(field)) return hashedValue(value, normalize);
  const key = `${field} ${context.country} ${value}`;
  return known.of(key, () => hashedValue(value, normalize));
}

/** Fields in which many people have the same value. */
const SHARED: ReadonlySet<MetaField> = new Set<MetaField>(['fn', 'ge', 'ct', 'st', 'country']);
/** What such values come to: most of what a customer's hashes take is saved. */
const known = new Remembered<Normalized | undefined>(10_000);

type Rule = (text: string, context: FieldContext) => string | undefined;

const RULES: Readonly<Record<MetaField, Rule>> = {
  em: email,
  ph: (text, context) => phoneDigits(text, context.country),
  fn: metaName,
  ln: metaName,
  db: birthDigits,
  ge: gender,
  ct: city,
  st: (text, context) => state(text, context.country),
  zp: (text, context) => postalCode(text, context.country),
  country,
  external_id: (text, { externalIdKind }) => externalId(text, externalIdKind),
};
