import type { JsonRecord } from '../../connectors/sdk/json.ts';
import { ageIssue } from '../conversion/age.ts';
import type { Conversion } from '../conversion/conversion.ts';
import type { Built } from '../conversion/issue.ts';
import { publicIp } from '../conversion/network.ts';
import { filled, present } from '../conversion/present.ts';
import type { Money } from '../conversion/purchase.ts';
import { itemPrice, purchaseMoney } from '../conversion/purchase.ts';
import type { ConversionSettings } from '../conversion/settings.ts';
import { eventId } from '../conversion/settings.ts';
import { epochSeconds } from '../conversion/time.ts';
import { countryCode } from '../identity/country.ts';
import { cleaned } from '../identity/text.ts';
import type { TikTokField } from '../identity/tiktok.ts';
import { tikTokIdentifier } from '../identity/tiktok.ts';

/** What names a customer; the network address and the browser alone do not. */
const IDENTIFIERS = ['email', 'phone', 'external_id', 'ttclid', 'ttp'];

/** One event of `data`. `now` in milliseconds, the age in days. */
export function tikTokEvent(
  conversion: Conversion,
  settings: ConversionSettings,
  options: { readonly now: number; readonly maxAgeDays: number },
): Built<JsonRecord> {
  const { occurredAt, orderId, eventSourceUrl } = conversion;
  const age = ageIssue(occurredAt, options.now, options.maxAgeDays);
  if (age !== undefined) return { issue: age };
  const money = purchaseMoney(conversion, settings);
  if (typeof money === 'string') return { issue: money };
  const user = tikTokUser(conversion, settings);
  if (!IDENTIFIERS.some((key) => user[key] !== undefined)) return { issue: 'no_identifiers' };
  return {
    event: present({
      event: 'Purchase',
      event_time: epochSeconds(occurredAt),
      event_id: eventId(settings.eventIdTemplate, orderId),
      user,
      page: filled(present({ url: cleaned(eventSourceUrl) })),
      properties: properties(conversion, money),
    }),
  };
}

function tikTokUser(
  { person, click }: Conversion,
  { defaultCountry, externalIdKind }: ConversionSettings,
): JsonRecord {
  const own = cleaned(person.country);
  const country = (own === undefined ? undefined : countryCode(own)) ?? defaultCountry;
  const hash = (field: TikTokField, value: string | null | undefined) => {
    const found = tikTokIdentifier(field, value, { country, externalIdKind });
    return found === undefined ? undefined : [found.hash];
  };
  return present({
    email: hash('email', person.email),
    phone: hash('phone', person.phone),
    external_id: hash('external_id', person.customerId),
    ttclid: cleaned(click.ttclid),
    ttp: cleaned(click.ttp),
    ip: publicIp(person.ip),
    user_agent: cleaned(person.userAgent),
  });
}

function properties({ orderId, items }: Conversion, { value, currency }: Money): JsonRecord {
  return present({
    currency,
    value,
    order_id: orderId,
    ...(items.length === 0
      ? {}
      : {
          content_type: 'product',
          contents: items.map((item) =>
            present({
              content_id: item.id,
              content_name: item.name,
              content_category: item.category,
              quantity: item.quantity,
              price: itemPrice(item),
            }),
          ),
        }),
  });
}
