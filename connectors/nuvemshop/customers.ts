import { instant } from '../sdk/columns/instants.ts';
import { bigint, decimal, flag } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { NuvemshopAccount } from './account.ts';
import { FIRST_DAY } from './api.ts';
import { addressColumns } from './addresses.ts';
import { readWindow } from './list.ts';
import { customerPii } from './order-pii.ts';
import { idSweep } from './sweep.ts';

export const customers: Stream<NuvemshopAccount> = {
  name: 'customers',
  description: 'Customers of the store',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the customer'),
    name: text('name', 'Name'),
    email: text('email', 'E-mail'),
    phone: text('phone', 'Phone'),
    identification: text('identification', 'CPF or CNPJ, with or without dots; may be empty'),
    note: longText('note', 'Note of the store'),
    total_spent: decimal('total_spent', 'What the customer spent so far'),
    total_spent_currency: text('total_spent_currency', 'Its currency, ISO 4217', { length: 3 }),
    last_order_id: bigint('last_order_id', 'The last order'),
    is_active: flag('active', 'The account is active'),
    accepts_marketing: flag('accepts_marketing', 'Agreed to marketing'),
    accepts_marketing_updated_at: instant('accepts_marketing_updated_at', 'When that last changed'),
    first_interaction: instant('first_interaction', 'First contact with the store'),
    default_address_id: bigint('default_address.id', 'Address that is used unless told otherwise'),
    ...addressColumns('default_address.', 'default_', 'default'),
    created_at: instant('created_at', 'When the customer was first known'),
    updated_at: instant('updated_at', 'When the customer last changed'),
  },
  children: [
    {
      name: 'customer_addresses',
      description: 'Addresses of a customer',
      path: 'addresses',
      parentKey: ['customer_id'],
      key: ['address_id'],
      columns: {
        address_id: bigint('id', 'Id of the address'),
        recipient: text('name', 'Who receives'),
        phone: text('phone', 'Phone of the recipient'),
        is_default: flag('default', 'It is used unless told otherwise'),
        ...addressColumns('', '', 'customer’s'),
        created_at: instant('created_at', 'When it was made'),
        updated_at: instant('updated_at', 'When it last changed'),
      },
    },
  ],
  cursor: {
    kind: 'instants',
    overlapHours: 1,
    lagMinutes: 5,
    windowDays: 30,
    firstDay: FIRST_DAY,
  },
  write: { mode: 'upsert' },
  versionBy: 'updated_at',
  pii: customerPii(''),
  person: { account: 'id', isAccount: true, traces: ['last_order_id'] },
  pageSize: 200,
  async *read(context, slice) {
    if (slice.kind !== 'instants') return;
    yield* readWindow(context, { resource: 'customers' }, { filter: 'updated_at', ...slice });
  },
  sweep: idSweep('customers'),
  estimate: (days) => ({ calls: Math.ceil(days / 30) * 10, perMinute: 120 }),
};
