import type { Column } from '../sdk/columns.ts';
import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { ChildTable, Slice, Stream } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE, FIRST_DAY } from './api.ts';
import { brasiliaTime, reference } from './columns.ts';
import { daysOf, modifiedFilter } from './days.ts';
import { readListedDetails } from './details.ts';
import { readList } from './list.ts';
import { customerPii } from './order-pii.ts';

const listed: Readonly<Record<string, Column>> = {
  id: bigint('id', 'Id of the customer'),
  name: text('name', 'Name'),
  email: text('email', 'E-mail'),
  cpf: text('cpf', 'CPF, with or without dots; may be empty or zeros'),
  cnpj: text('cnpj', 'CNPJ, with or without dots; may be empty'),
  birth_date: date('birth_date', 'Day of birth'),
  gender: text('gender', 'As Tray numbers it', { length: 16 }),
  city: text('city', 'City'),
  state: text('state', 'State, two letters'),
  accepts_newsletter: flag('newsletter', 'Agreed to the newsletter'),
  last_visit_on: date('last_visit', 'Day of the last visit'),
  registered_on: date('registration_date', 'Day of the registration'),
  created_at: brasiliaTime('created', 'When the customer was first known'),
  modified_at: brasiliaTime('modified', 'When the customer last changed'),
};

const addresses = (name: string): readonly ChildTable[] => [
  {
    name,
    description: 'Ids of the addresses of a customer; the addresses stand in the complete orders',
    path: 'CustomerAddress',
    parentKey: ['customer_id'],
    key: ['address_id'],
    columns: { address_id: bigint('id', 'Id of the address') },
  },
];

const shared = {
  key: ['id'],
  cursor: {
    kind: 'instants',
    overlapHours: 48,
    lagMinutes: 5,
    windowDays: 30,
    firstDay: FIRST_DAY,
  },
  write: { mode: 'upsert' },
  versionBy: 'modified_at',
  pii: customerPii(''),
  person: { account: 'id', isAccount: true },
  pageSize: 50,
} as const;

export const customers: Stream<TrayAccount> = {
  ...shared,
  name: 'customers',
  description:
    'Customers as the list has them: without phone and address, which complete orders have',
  columns: listed,
  children: addresses('customer_addresses'),
  async *read(context, slice) {
    if (slice.kind === 'instants') yield* readList(context, customerList(slice));
  },
  estimate: (days) => ({
    calls: Math.ceil(days / 30) * 10,
    perMinute: CALLS_A_MINUTE,
    perDay: CALLS_A_DAY,
  }),
};

export const customersDetail: Stream<TrayAccount> = {
  ...shared,
  name: 'customers_detail',
  description: 'Customers by one call each, with phone, address and what they bought',
  optional: true,
  columns: {
    ...listed,
    rg: text('rg', 'Identity card'),
    phone: text('phone', 'Phone'),
    cellphone: text('cellphone', 'Mobile phone'),
    company_name: text('company_name', 'Legal name of a company'),
    type: text('type', 'Person or company, as Tray numbers it', { length: 16 }),
    address: text('address', 'Street'),
    number: text('number', 'Number of the house'),
    complement: text('complement', 'Floor, flat or other complement'),
    neighborhood: text('neighborhood', 'Neighbourhood'),
    zip_code: text('zip_code', 'Postal code (CEP)'),
    total_orders: integer('total_orders', 'Orders so far'),
    last_purchase_on: date('last_purchase', 'Day of the last order'),
    credit_limit: decimal('credit_limit', 'Credit that the store gives'),
    discount: decimal('discount', 'Discount of the customer, per cent'),
    is_reseller: flag('reseller', 'Buys to sell again'),
    is_blocked: flag('blocked', 'May not order'),
    profile_id: reference('profile_customer_id', 'Profile (group) of the customer'),
    observation: longText('observation', 'Note of the store'),
  },
  children: addresses('customer_detail_addresses'),
  async *read(context, slice) {
    if (slice.kind !== 'instants') return;
    yield* readListedDetails(context, {
      list: customerList(slice),
      days: daysOf(slice),
      resourceOf: (id) => `customers/${id}`,
      wrapper: 'Customer',
    });
  },
  estimate: (days) => ({
    calls: days * USUAL_CUSTOMERS_A_DAY,
    perMinute: CALLS_A_MINUTE,
    perDay: CALLS_A_DAY,
  }),
};

/** Customers that change in a store of usual size in a day, for estimates. */
const USUAL_CUSTOMERS_A_DAY = 100;

function customerList(slice: Extract<Slice, { kind: 'instants' }>) {
  const query = { modified: modifiedFilter(daysOf(slice)) };
  return { resource: 'customers', list: 'Customers', item: 'Customer', query };
}
