import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { AccountFacts, ProbeContext, Stream } from '../sdk/definition.ts';
import type { JsonRecord } from '../sdk/json.ts';
import { unexpectedAnswer } from '../sdk/records-at.ts';
import { isRecord } from '../sdk/value-source.ts';
import type { NuvemshopAccount } from './account.ts';
import { pathOf } from './api.ts';
import { mainText } from './locale.ts';
import { scalarText } from '../sdk/scalar-text.ts';

export const store: Stream<NuvemshopAccount> = {
  name: 'store',
  description: 'The store itself, one row',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the store'),
    name: text(mainText('name'), 'Name in the main language'),
    country: text('country', 'ISO 3166 code of the country', { length: 2 }),
    main_currency: text('main_currency', 'Currency of all amounts, ISO 4217', { length: 3 }),
    main_language: text('main_language', 'Language of the storefront', { length: 10 }),
    languages: json('languages', 'Languages by code, with the currency and whether each is active'),
    original_domain: text('original_domain', 'Domain that the platform gave the store'),
    domains: json('domains', 'Domains of the store'),
    email: text('email', 'E-mail of the owner'),
    contact_email: text('contact_email', 'E-mail that customers see'),
    phone: text('phone', 'Phone that customers see'),
    business_id: text('business_id', 'Document of the company (CNPJ)'),
    business_name: text('business_name', 'Legal name of the company'),
    business_address: text('business_address', 'Address of the company'),
    plan_name: text('plan_name', 'Plan that the store pays for'),
    type: text('type', 'What the store sells, by its own word'),
    customer_accounts: text('customer_accounts', 'Whether customers may have accounts'),
    created_at: instant('created_at', 'When the store was opened'),
  },
  children: [
    {
      name: 'store_languages',
      description: 'Languages of a store, active or not',
      path: 'languages{}',
      parentKey: ['store_id'],
      key: ['language'],
      columns: {
        language: text('key', 'Code of the language', { length: 10 }),
        currency: text('currency', 'Currency that goes with it, ISO 4217', { length: 3 }),
        is_active: flag('active', 'Customers can choose it'),
      },
    },
  ],
  cursor: { kind: 'none' },
  write: { mode: 'upsert' },
  pii: [
    { path: 'email', kind: 'email' },
    { path: 'contact_email', kind: 'email' },
    { path: 'phone', kind: 'phone' },
    { path: 'business_id', kind: 'document' },
    { path: 'business_name', kind: 'name' },
    { path: 'business_address', kind: 'address' },
    { path: 'address', kind: 'address' },
  ],
  pageSize: 1,
  async *read(context) {
    const record = await readStore(context);
    if (record !== undefined) yield { records: [record] };
  },
  estimate: () => ({ calls: 1, perMinute: 120 }),
};

/** The store's own answer is the cheapest call that proves a token. */
export async function probeStore(context: ProbeContext<NuvemshopAccount>): Promise<AccountFacts> {
  const record = await readStore(context);
  if (record?.['id'] === undefined) throw unexpectedAnswer('the store is missing');
  const country = scalarText(record['country']);
  return {
    name: scalarText(mainText('name').value(record, {})) || context.accountId,
    timeZone: context.account.time_zone ?? ZONES[country] ?? 'America/Sao_Paulo',
    currency: scalarText(record['main_currency']) || 'BRL',
  };
}

/** The platform tells no zone: the one of the capital stands for the country. */
const ZONES: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  BR: 'America/Sao_Paulo',
  CL: 'America/Santiago',
  CO: 'America/Bogota',
  MX: 'America/Mexico_City',
  PE: 'America/Lima',
  UY: 'America/Montevideo',
};

async function readStore(context: ProbeContext<NuvemshopAccount>): Promise<JsonRecord | undefined> {
  const response = await context.http.send({ url: pathOf(context.accountId, 'store') });
  return typeof response === 'object' && isRecord(response.body) ? response.body : undefined;
}
