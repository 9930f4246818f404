import { instant } from '../sdk/columns/instants.ts';
import { json } from '../sdk/columns/json.ts';
import { bigint, decimal, flag } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { ChildTable } from '../sdk/definition.ts';
import { parent } from '../sdk/value-source.ts';
import { lineColumns } from './lines.ts';

/** Lists inside an order. */
export const orderChildren: readonly ChildTable[] = [
  {
    name: 'order_lines',
    description: 'Lines of an order',
    path: 'products',
    parentKey: ['order_id'],
    key: ['line_id'],
    columns: {
      ...lineColumns,
      order_created_at: instant(parent('created_at'), 'When the order was placed'),
    },
  },
  {
    name: 'order_coupons',
    description: 'Coupons used in an order, as they were then',
    path: 'coupon',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      coupon_id: bigint('id', 'Coupon'),
      code: text('code', 'What the customer typed'),
      type: text('type', 'percentage, absolute or shipping', { length: 32 }),
      value: decimal('value', 'Per cent or amount, by the type'),
      is_valid: flag('valid', 'It could be used'),
      min_price: decimal('min_price', 'Least subtotal of a cart'),
    },
  },
  {
    name: 'order_promotions',
    description: 'Promotions that gave an order a discount',
    path: 'promotional_discount.contents',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      scope_type: text('scope_type', 'What it applies to: products, categories, all', {
        length: 64,
      }),
      scope_value_id: bigint('scope_value_id', 'Product or category that it applies to'),
      scope_value_name: text('scope_value_name', 'Its name'),
      discount_type: text('discount_script_type', 'Kind of promotion: buy_x_pay_y', { length: 64 }),
      discount_amount: decimal('discount_amount', 'Amount of the discount'),
    },
  },
  {
    name: 'order_fulfillments',
    description: 'Parcels of an order; empty where the account asks for none',
    path: 'fulfillments',
    parentKey: ['order_id'],
    key: 'position',
    columns: {
      fulfillment_id: text('id', 'Id of the fulfilment'),
      number: text('number', 'Number that people see'),
      status: text('status', 'unpacked, packed, dispatched, delivered and others', { length: 64 }),
      location: json('assigned_location', 'Where it is sent from'),
      shipping: json('shipping', 'Carrier and option'),
      tracking_code: text('tracking_info.code', 'Code for tracking'),
      created_at: instant('created_at', 'When it was made'),
      updated_at: instant('updated_at', 'When it last changed'),
    },
  },
];
