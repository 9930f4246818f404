import type { PiiPath } from '../sdk/definition.ts';
import { addressPii } from './addresses.ts';

/** Who ordered, as the checkout says: in orders and in abandoned checkouts. */
export const contactPii: readonly PiiPath[] = [
  { path: 'contact_name', kind: 'name' },
  { path: 'contact_email', kind: 'email' },
  { path: 'contact_phone', kind: 'phone' },
  { path: 'contact_identification', kind: 'document' },
  { path: 'note', kind: 'text' },
  ...addressPii('billing_'),
];

/** Who a customer is: the record of `/customers`, and `customer` of an order. */
export function customerPii(prefix: string): readonly PiiPath[] {
  return [
    { path: `${prefix}name`, kind: 'name' },
    { path: `${prefix}email`, kind: 'email' },
    { path: `${prefix}phone`, kind: 'phone' },
    { path: `${prefix}identification`, kind: 'document' },
    { path: `${prefix}note`, kind: 'text' },
    ...addressPii(`${prefix}billing_`),
    ...addressPii(`${prefix}default_address.`),
    ...addressPii(`${prefix}addresses[].`),
  ];
}

export const orderPii: readonly PiiPath[] = [
  ...contactPii,
  ...customerPii('customer.'),
  ...addressPii('shipping_address.'),
  { path: 'owner_note', kind: 'text' },
  { path: 'client_details.browser_ip', kind: 'ip' },
];
