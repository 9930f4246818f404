import { bigint, decimal } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE } from './api.ts';
import { dateAndHour, reference } from './columns.ts';
import { readList } from './list.ts';

const KEY = ['session_id', 'product_id', 'variant_id'];

/**
 * A record is a line of a cart. How the filter `date` is to be written was not seen, so that all that Tray has
 * are read each time, and what it forgot stays.
 */
export const carts: Stream<TrayAccount> = {
  name: 'carts',
  description: 'Lines of carts that were not ordered, since the first sync',
  key: KEY,
  columns: {
    session_id: text('session_id', 'Session whose cart it is', { length: 128 }),
    product_id: bigint('product_id', 'Product'),
    variant_id: bigint('variant_id', 'Variant, 0 where there is none'),
    product_name: text('product_name', 'Name of the product'),
    quantity: decimal('quantity', 'Units'),
    price: decimal('price', 'Price of one unit'),
    weight_grams: decimal('weight', 'Weight of one unit in grams'),
    customer_id: reference('customer_id', 'Customer, NULL for a guest'),
    email: text('email', 'E-mail, where it was given'),
    added_at: dateAndHour('date', 'hour', 'When it was put into the cart'),
    additional_information: longText(
      'additional_information',
      'What the customer added to the line',
    ),
  },
  cursor: { kind: 'none' },
  write: { mode: 'upsert' },
  versionBy: 'added_at',
  pii: [{ path: 'email', kind: 'email' }],
  person: { account: 'customer_id', traces: ['customer_id', 'additional_information'] },
  pageSize: 50,
  read: (context) =>
    readList(context, { resource: 'carts', list: 'Carts', item: 'Cart', key: KEY }),
  estimate: () => ({ calls: 20, perMinute: CALLS_A_MINUTE, perDay: CALLS_A_DAY }),
};
