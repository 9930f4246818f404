import type { Stream } from '../sdk/definition.ts';
import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { ShopifyAccount } from './account.ts';
import { CHANGES_OF_ALL_TIME } from './cursors.ts';
import { pagesOfUsualShop } from './estimate.ts';
import { ADDRESS, PAGE_INFO } from './fragments.ts';
import { deletionSweep } from './deletion-events.ts';
import type { Operation } from './graphql.ts';
import { connectionPages } from './graphql.ts';
import { addressPii } from './pii.ts';
import { updatedIn } from './search.ts';

const PAGE_SIZE = 100;

const CUSTOMERS: Operation = {
  name: 'customers',
  cost: 102,
  document: `query customers($first: Int!, $after: String, $query: String) {
  customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    ${PAGE_INFO}
    nodes {
      id legacyResourceId displayName firstName lastName email phone state note tags taxExempt verifiedEmail locale
      numberOfOrders amountSpent { amount currencyCode }
      defaultEmailAddress { marketingState marketingOptInLevel marketingUpdatedAt }
      defaultPhoneNumber { marketingState marketingOptInLevel marketingUpdatedAt }
      defaultAddress { id } addresses { ...Address } createdAt updatedAt
    }
  }
}
${ADDRESS}`,
};

export const customers: Stream<ShopifyAccount> = {
  name: 'customers',
  description: 'Customers with their addresses.',
  key: ['id'],
  columns: {
    id: text('id', 'Global id of the customer', { length: 100 }),
    legacy_resource_id: bigint('legacyResourceId', 'Number of the customer'),
    display_name: text('displayName', 'Name'),
    first_name: text('firstName', 'First name'),
    last_name: text('lastName', 'Last name'),
    email: text('email', 'E-mail address', { length: 320 }),
    phone: text('phone', 'Telephone number'),
    state: text('state', 'State of the account: `ENABLED`, `DISABLED`, `INVITED`, `DECLINED`'),
    tags: json('tags', 'Tags'),
    locale: text('locale', 'Language', { length: 20 }),
    has_verified_email: flag('verifiedEmail', 'The e-mail address was confirmed'),
    number_of_orders: integer('numberOfOrders', 'Orders so far, by Shopify’s count'),
    amount_spent: decimal('amountSpent.amount', 'Money spent so far, by Shopify’s count'),
    email_marketing_state: text(
      'defaultEmailAddress.marketingState',
      'Consent to e-mail: `SUBSCRIBED`, `NOT_SUBSCRIBED` …',
    ),
    email_marketing_updated_at: instant(
      'defaultEmailAddress.marketingUpdatedAt',
      'When that consent was given or taken back, UTC',
    ),
    sms_marketing_state: text('defaultPhoneNumber.marketingState', 'Consent to messages'),
    default_address_id: text('defaultAddress.id', 'Global id of the usual address'),
    created_at: instant('createdAt', 'When the customer was made, UTC'),
    updated_at: instant('updatedAt', 'Last change, UTC'),
  },
  children: [
    {
      name: 'customer_addresses',
      description: 'Addresses of the customers.',
      path: 'addresses',
      parentKey: ['customer_id'],
      key: 'position',
      columns: {
        id: text('id', 'Global id of the address'),
        name: text('name', 'Whom it belongs to'),
        company: text('company', 'Company'),
        address1: text('address1', 'Street and number', { length: 500 }),
        address2: text('address2', 'What follows the street', { length: 500 }),
        city: text('city', 'City'),
        province_code: text('provinceCode', 'State', { length: 10 }),
        country_code: text('countryCodeV2', 'Country', { length: 2 }),
        zip: text('zip', 'Postal code', { length: 20 }),
        phone: text('phone', 'Telephone number'),
      },
    },
  ],
  cursor: CHANGES_OF_ALL_TIME,
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  sweep: deletionSweep('CUSTOMER'),
  person: { account: 'id', isAccount: true },
  pii: [
    { path: 'displayName', kind: 'name' },
    { path: 'firstName', kind: 'name' },
    { path: 'lastName', kind: 'name' },
    { path: 'email', kind: 'email' },
    { path: 'phone', kind: 'phone' },
    { path: 'note', kind: 'text' },
    ...addressPii('addresses[]'),
  ],
  pageSize: PAGE_SIZE,
  leastPageSize: 1,
  estimate: pagesOfUsualShop({ perOrder: 1, pageSize: PAGE_SIZE, cost: CUSTOMERS.cost }),
  async *read(context, slice) {
    const search = updatedIn(slice);
    const pages = connectionPages(context, { operation: CUSTOMERS, field: 'customers', search });
    for await (const records of pages) yield { records };
  },
};
