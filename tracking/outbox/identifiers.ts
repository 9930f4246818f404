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

const KIND_OF_KEY = new Map<string, IdentifierKind>(
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

/** The kinds in an event of any of the platforms, in a fixed order. */
export function identifierKinds(event: JsonRecord): readonly IdentifierKind[] {
  const found = new Set<IdentifierKind>();
  collect(event, found);
  return IDENTIFIER_KINDS.filter((kind) => found.has(kind));
}

function collect(value: JsonValue | undefined, found: Set<IdentifierKind>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item as JsonValue, found);
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) {
      const kind = KIND_OF_KEY.get(key);
      if (kind !== undefined) {
        found.add(kind);
        continue;
      }
      const own = value[key];
      if (typeof own === 'object') collect(own, found);
    }
  }
}
