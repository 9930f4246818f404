import { date } from '../sdk/columns/dates.ts';
import { instant } from '../sdk/columns/instants.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import { parent } from '../sdk/value-source.ts';
import type { NuvemshopAccount } from './account.ts';
import { readList } from './list.ts';
import { mainText } from './locale.ts';

/** No filter by time is documented: all are read each time. */
export const coupons: Stream<NuvemshopAccount> = {
  name: 'coupons',
  description: 'Discount coupons',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the coupon'),
    code: text('code', 'What the customer types'),
    type: text('type', 'percentage, absolute or shipping', { length: 32 }),
    value: decimal('value', 'Per cent or amount, by the type'),
    is_valid: flag('valid', 'It can be used now'),
    used: integer('used', 'How often it was used'),
    max_uses: integer('max_uses', 'How often it can be used, NULL for ever'),
    min_price: decimal('min_price', 'Least subtotal of a cart'),
    start_date: date('start_date', 'First day, by the calendar of the store'),
    end_date: date('end_date', 'Last day, by the calendar of the store'),
    start_time: text('start_time', 'Time of the first day', { length: 32 }),
    end_time: text('end_time', 'Time of the last day', { length: 32 }),
    includes_shipping: flag('includes_shipping', 'The discount is on shipping too'),
    is_first_purchase_only: flag('first_consumer_purchase', 'Only for a first purchase'),
    combines_with_other_discounts: flag('combines_with_other_discounts', 'Adds to others'),
    is_only_cheapest_shipping: flag('only_cheapest_shipping', 'Only for the cheapest shipping'),
    is_deleted: flag('is_deleted', 'The store deleted it'),
    created_at: instant('created_at', 'When it was made'),
    updated_at: instant('updated_at', 'When it last changed'),
  },
  children: [
    {
      name: 'coupon_categories',
      description: 'Categories that a coupon is limited to',
      path: 'categories',
      parentKey: ['coupon_id'],
      key: 'position',
      columns: {
        category_id: bigint('id', 'Id of the category'),
        category_name: text(mainText('name'), 'Its name in the main language'),
        coupon_code: text(parent('code'), 'What the customer types'),
      },
    },
    {
      name: 'coupon_products',
      description: 'Products that a coupon is limited to',
      path: 'products',
      parentKey: ['coupon_id'],
      key: 'position',
      columns: {
        product_id: bigint('id', 'Id of the product'),
        product_name: text(mainText('name'), 'Its name in the main language'),
        coupon_code: text(parent('code'), 'What the customer types'),
      },
    },
  ],
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  isDeleted: (record) => record['is_deleted'] === true,
  pageSize: 200,
  read: (context) => readList(context, { resource: 'coupons' }),
  estimate: () => ({ calls: 1, perMinute: 120 }),
};
