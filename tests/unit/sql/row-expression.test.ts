import { expect, test } from 'vitest';
import { isOfRowAlone } from '../../../cli/sql/row-expression.ts';

test.each([
  'is_valid = 0 or total_amount = gross_sales - discounts',
  'abs(total - platform_total) <= 0.01',
  "date_key = cast(date_format(order_created_local, '%Y%m%d') as signed)",
  "status in ('select', 'now()') and not (a <=> `from`)",
  'case when a > 1 then (b) else coalesce(c, 0) end = 1 -- now()',
])('%s depends on the row alone', (expression) => {
  expect(isOfRowAlone(expression)).toBe(true);
});

test.each([
  'order_id in (select order_id from fct_orders)',
  'paid_at < now()',
  'paid_at < current_timestamp',
  'paid_at < CURRENT_DATE - interval 1 day',
  'total > @limit',
  'sum(total) over (partition by customer_id) > 0',
  'own_function(total) = 1',
  '`own_function`(total) = 1',
  'rand() < 0.5',
  'unix_timestamp() > created_at',
])('%s may say something else another time', (expression) => {
  expect(isOfRowAlone(expression)).toBe(false);
});
