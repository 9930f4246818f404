import { date } from '../sdk/columns/dates.ts';
import { bigint, decimal, flag, integer } from '../sdk/columns/numbers.ts';
import { text } from '../sdk/columns/text.ts';
import type { Stream } from '../sdk/definition.ts';
import type { TrayAccount } from './account.ts';
import { CALLS_A_DAY, CALLS_A_MINUTE } from './api.ts';
import { readList } from './list.ts';

/** No filter by time: all are read each time. */
export const discountCoupons: Stream<TrayAccount> = {
  name: 'discount_coupons',
  description: 'Discount coupons, those for returned goods too',
  key: ['id'],
  columns: {
    id: bigint('id', 'Id of the coupon'),
    code: text('code', 'What the customer types'),
    description: text('description', 'What it is for'),
    coupon_type: text('coupon_type', 'loja (of the store) or troca (for returned goods)'),
    type: text('type', '% or $', { length: 8 }),
    value: decimal('value', 'Per cent or amount, by the type'),
    starts_on: date('starts_at', 'First day'),
    ends_on: date('ends_at', 'Last day, NULL for ever'),
    least_subtotal: decimal('value_start', 'Least subtotal, 0 where there is none'),
    most_subtotal: decimal('value_end', 'Largest subtotal, 0 where there is none'),
    usage_sum_limit: decimal('usage_sum_limit', 'Largest sum of discounts, 0 where there is none'),
    usage_limit: integer('usage_counter_limit', 'How often it can be used, 0 for ever'),
    usage_limit_customer: integer('usage_counter_limit_customer', 'How often by one customer'),
    is_cumulative: flag('cumulative_discount', 'Adds to others'),
    local_application: text('local_application', 'What it applies to: loja, produtos'),
    freight_application: text('freight_application', 'What it does to the shipping'),
  },
  cursor: { kind: 'none' },
  write: { mode: 'snapshot' },
  pageSize: 50,
  read: (context) =>
    readList(context, {
      resource: 'discount_coupons',
      list: 'DiscountCoupons',
      item: 'DiscountCoupon',
    }),
  estimate: () => ({ calls: 5, perMinute: CALLS_A_MINUTE, perDay: CALLS_A_DAY }),
};
