import type { JsonRecord, JsonValue } from '../../connectors/sdk/json.ts';
import { isRecord } from '../../connectors/sdk/value-source.ts';

/** Kinds of identifiers that an event carries, for reports: never what they are. */
export const IDENTIFIER_KINDS = [
  'em',
  'ph',
  'address',
  'click_id',
  'fbp',
  'user_agent',
  'external_id',
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

const KIND_OF_KEY: ReadonlyMap<string, IdentifierKind> = new Map(
  Object.entries({
    em: 'em',
    email: 'em',
    emailAddress: 'em',
    hashedEmail: 'em',
    ph: 'ph',
    phone: 'ph',
    phoneNumber: 'ph',
    hashedPhoneNumber: 'ph',
    ct: 'address',
    zp: 'address',
    address: 'address',
    addressInfo: 'address',
    fbc: 'click_id',
    ttclid: 'click_id',
    gclid: 'click_id',
    gbraid: 'click_id',
    wbraid: 'click_id',
    fbp: 'fbp',
    ttp: 'fbp',
    client_user_agent: 'user_agent',
    user_agent: 'user_agent',
    userAgent: 'user_agent',
    external_id: 'external_id',
  } as const),
);

/** The bit of each key's kind, and the text of each set of bits: most events have the same kinds. */
const BIT_OF_KEY: ReadonlyMap<string, number> = new Map(
  [...KIND_OF_KEY].map(([key, kind]) => [key, 1 << IDENTIFIER_KINDS.indexOf(kind)]),
);
const LISTS = Array.from({ length: 1 << IDENTIFIER_KINDS.length }, (_, bits) =>
  IDENTIFIER_KINDS.filter((_kind, index) => (bits & (1 << index)) !== 0).join(','),
);

/** The kinds in an event of any of the platforms, in a fixed order: `em,ph,click_id`. */
export function identifierKinds(event: JsonRecord): string {
  return LISTS[bitsOf(event)] ?? '';
}

function bitsOf(value: JsonValue | undefined): number {
  let bits = 0;
  if (Array.isArray(value)) {
    for (const item of value) bits |= bitsOf(item as JsonValue);
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) {
      const own = value[key];
      bits |= BIT_OF_KEY.get(key) ?? (typeof own === 'object' ? bitsOf(own) : 0);
    }
  }
  return bits;
}
