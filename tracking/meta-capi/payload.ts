import type { JsonRecord } from '../../connectors/sdk/json.ts';
import { ageIssue } from '../conversion/age.ts';
import { facebookClickId } from '../conversion/click-id.ts';
import type { Conversion } from '../conversion/conversion.ts';
import type { Built } from '../conversion/issue.ts';
import { publicIp } from '../conversion/network.ts';
import { present } from '../conversion/present.ts';
import type { Money } from '../conversion/purchase.ts';
import { itemPrice, purchaseMoney } from '../conversion/purchase.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import { eventId } from '../conversion/settings.ts';
import { epochSeconds } from '../conversion/time.ts';
import { countryCode } from '../identity/country.ts';
import type { MetaField } from '../identity/meta.ts';
import { metaIdentifier } from '../identity/meta.ts';
import { cleaned } from '../identity/text.ts';

/** Days that Meta takes back, by where the customer acted ("Using the API", 2026-02-06). */
const MAX_DAYS = { physical_store: 62, other: 7 } as const;

/** Sets of keys that name nobody by themselves: an event with nothing else is refused. */
const TOO_BROAD = [
  ['ct', 'country', 'st', 'zp', 'ge', 'client_user_agent'],
  ['db', 'client_user_agent'],
  ['fn', 'ge'],
  ['ln', 'ge'],
];

/** One event of `data`. `now` in milliseconds. */
export function metaEvent(
  conversion: Conversion,
  settings: ConversionSettings,
  now: number,
): Built<JsonRecord> {
  const { actionSource, eventSourceUrl, orderId, occurredAt } = conversion;
  const maxDays = actionSource === 'physical_store' ? MAX_DAYS.physical_store : MAX_DAYS.other;
  const age = ageIssue(occurredAt, now, maxDays);
  if (age !== undefined) return { issue: age };
  const userData = metaUserData(conversion, settings);
  if (actionSource === 'website') {
    if (cleaned(eventSourceUrl) === undefined) return { issue: 'missing_event_source_url' };
    if (userData['client_user_agent'] === undefined) return { issue: 'missing_client_user_agent' };
  }
  const money = purchaseMoney(conversion, settings);
  if (typeof money === 'string') return { issue: money };
  const keys = Object.keys(userData);
  if (TOO_BROAD.some((set) => keys.every((key) => set.includes(key)))) {
    return { issue: 'insufficient_user_data' };
  }
  return {
    event: present({
      event_name: 'Purchase',
      event_time: epochSeconds(occurredAt),
      event_id: eventId(settings.eventIdTemplate, orderId),
      action_source: actionSource,
      event_source_url: cleaned(eventSourceUrl),
      user_data: userData,
      custom_data: customData(conversion, money),
    }),
  };
}

/** Hashes in lists of one, and what Meta takes in clear. */
function metaUserData(
  { person, click }: Conversion,
  { defaultCountry, externalIdKind }: ConversionSettings,
): JsonRecord {
  const own = cleaned(person.country);
  const country = (own === undefined ? undefined : countryCode(own)) ?? defaultCountry;
  const hash = (field: MetaField, value: string | null | undefined) => {
    const found = metaIdentifier(field, value, { country, externalIdKind });
    return found === undefined ? undefined : [found.hash];
  };
  return present({
    em: hash('em', person.email),
    ph: hash('ph', person.phone),
    fn: hash('fn', person.firstName),
    ln: hash('ln', person.lastName),
    db: hash('db', person.birthDate),
    ge: hash('ge', person.gender),
    ct: hash('ct', person.city),
    st: hash('st', person.state),
    zp: hash('zp', person.postalCode),
    country: hash('country', person.country),
    external_id: hash('external_id', person.customerId),
    client_ip_address: publicIp(person.ip),
    client_user_agent: cleaned(person.userAgent),
    fbc: facebookClickId({ cookie: click.fbc, fbclid: click.fbclid, clickedAt: click.clickedAt }),
    fbp: cleaned(click.fbp),
  });
}

function customData({ orderId, items }: Conversion, { value, currency }: Money): JsonRecord {
  return present({
    currency,
    value,
    order_id: orderId,
    ...(items.length === 0
      ? {}
      : {
          content_type: 'product',
          content_ids: items.map(({ id }) => id),
          contents: items.map((item) =>
            present({ id: item.id, quantity: item.quantity, item_price: itemPrice(item) }),
          ),
          num_items: items.reduce((sum, { quantity }) => sum + quantity, 0),
        }),
  });
}
