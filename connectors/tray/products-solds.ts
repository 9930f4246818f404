import { bigint, decimal } from '../sdk/columns/numbers.ts';
import { longText, text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE } from './api.ts';
import { reference } from './columns.ts';
import { readList } from './list.ts';

/**
 * Lines of all orders that the store ever had, 50 by one call: without a date and without a filter by time, so
 * that each run reads everything. Left out unless asked for.
 */
export const productsSolds: Stream<TrayAccount> = {
  name: 'products_solds',
  description: 'Lines of all orders, old ones too; cheaper than one call for each old order',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the line'),
    order_id: bigint('order_id', 'Order'),
    product_id: reference('product_id', 'Product'),
    variant_id: reference('variant_id', 'Variant, NULL where there is none'),
    name: text('name', 'Name of the product at that time'),
    reference: text('reference', 'Stock keeping unit'),
    model: text('model', 'Model'),
    quantity: decimal('quantity', 'Units'),
    price: decimal('price', 'Price of one unit'),
    original_price: decimal('original_price', 'Price before a promotion'),
    additional_information: longText(
      'additional_information',
      'What the customer added to the line',
    ),
  },
  cursor: { kind: 'none' },
  write: { mode: 'upsert' },
  optional: true,
  pageSize: 50,
  read: (context) =>
    readList(context, {
      resource: 'products_solds',
      list: 'ProductsSolds',
      item: 'ProductsSold',
    }),
  estimate: () => ({ calls: 1000, perMinute: CALLS_A_MINUTE, perDay: CALLS_A_DAY }),
};
