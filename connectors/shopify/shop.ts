import type { AccountFacts, Stream } from '../sdk/definition.ts';
import { flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { PlatformHttp } from '../sdk/http.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { unexpectedAnswer } from '../sdk/records-at.ts';
import { isRecord, textAt } from '../sdk/value-source.ts';
import type { ShopifyAccount } from './account.ts';
import type { Operation } from './graphql.ts';
import { ask } from './graphql.ts';

const SHOP: Operation = {
  name: 'shop',
  cost: 2,
  document: `query shop { shop {
  id name myshopifyDomain primaryDomain { host } currencyCode ianaTimezone weightUnit taxesIncluded
  plan { publicDisplayName partnerDevelopment shopifyPlus }
} }`,
};

export const shop: Stream<ShopifyAccount> = {
  name: 'shop',
  description: 'The shop itself: one row with its currency and time zone.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the shop', { length: 100 }),
    name: text('name', 'Name'),
    myshopify_domain: text('myshopifyDomain', 'Domain at Shopify'),
    primary_domain: text('primaryDomain.host', 'Domain that buyers see'),
    currency: text('currencyCode', 'Currency, ISO 4217', { length: 3 }),
    time_zone: text('ianaTimezone', 'Time zone of the shop’s day', { length: 64 }),
    plan: text('plan.publicDisplayName', 'Plan'),
    is_development: flag('plan.partnerDevelopment', 'A shop for development, not for selling'),
    taxes_included: flag('taxesIncluded', 'Prices contain the taxes'),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: 1,
  async *read({ http }) {
    yield { records: [await readShop(http)] };
  },
};

/** Name, zone and currency of the shop, by one call of two points. */
export async function probeShop(http: PlatformHttp): Promise<AccountFacts> {
  const found = await readShop(http);
  return {
    name: textAt(found, 'name'),
    timeZone: textAt(found, 'ianaTimezone'),
    currency: textAt(found, 'currencyCode'),
  };
}

async function readShop(http: PlatformHttp): Promise<JsonRecord> {
  const data = await ask(http, SHOP, {});
  if (!isRecord(data['shop'])) throw unexpectedAnswer('`shop` is missing');
  return data['shop'];
}
