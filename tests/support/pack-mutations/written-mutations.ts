import type { Mutation } from './mutation.ts';

const change = (what: string, sql: string): Mutation => ({ what, sql: `${sql} limit 1` });

/** What breaks each invariant of the pack: the tests of `tests/data` and the expressions of the models. */
export const WRITTEN_MUTATIONS: Readonly<Record<string, readonly Mutation[]>> = {
  // Attribution
  assert_attribution_adds_up: [
    change('a touch is dropped', 'delete from fct_attribution where weight > 0'),
    change(
      'a touch is doubled',
      'insert into fct_attribution select * from fct_attribution where weight > 0',
    ),
    change(
      'a touch gets a cent more',
      'update fct_attribution set attributed_revenue = attributed_revenue + 0.01',
    ),
    change(
      'a touch gets a cent more of net revenue',
      'update fct_attribution set attributed_net_revenue = attributed_net_revenue + 0.01',
    ),
    change('a weight grows by a millionth', 'update fct_attribution set weight = weight + 1e-6'),
    change(
      'an order gets a cent more',
      'update fct_orders set total_amount = total_amount + 0.01 where is_valid = 1',
    ),
  ],
  assert_invalid_orders_have_no_attribution: [
    change(
      'an order with touches is cancelled',
      'update fct_orders set is_valid = 0 where order_id in (select order_id from fct_attribution)',
    ),
    change(
      'a touch goes to an order that is not valid',
      'update fct_attribution set order_id = (select min(order_id) from fct_orders where is_valid = 0)',
    ),
  ],
  assert_every_valid_order_is_attributed: [
    {
      what: 'a model loses an order',
      sql: `delete from fct_attribution where attribution_model = 'linear'
        and order_id = (select min(order_id) from fct_orders where is_valid = 1)`,
    },
    {
      what: 'a model is missing',
      sql: "delete from fct_attribution where attribution_model = 'shapley'",
    },
  ],
  assert_models_share_the_path: [
    change(
      'a model has the touch of another channel',
      "update fct_attribution set channel_id = channel_id + 1 where attribution_model = 'linear'",
    ),
    change(
      'a model counts the order on another day',
      "update fct_attribution set date_key = date_key + 1 where attribution_model = 'markov'",
    ),
    change(
      'a model has a touch that others do not have',
      "update fct_attribution set touch_position = touch_position + 100 where attribution_model = 'shapley'",
    ),
  ],
  assert_touches_lie_in_the_window: [
    change(
      'a touch is gone',
      'delete from fct_touchpoints where touchpoint_id in (select touchpoint_id from fct_attribution)',
    ),
    change(
      'a touch comes after its order',
      `update fct_touchpoints set occurred_at = occurred_at + interval 60 day
       where touchpoint_id in (select touchpoint_id from fct_attribution)`,
    ),
    change(
      'a touch comes before the window',
      `update fct_touchpoints set occurred_at = occurred_at - interval 31 day
       where touchpoint_id in (select touchpoint_id from fct_attribution)`,
    ),
    change(
      'a touch is of another person',
      `update fct_touchpoints set customer_id = customer_id + 1
       where touchpoint_id in (select touchpoint_id from fct_attribution)`,
    ),
  ],
  single_touch_models_take_all_or_nothing: [
    change(
      'the last click takes half',
      "update fct_attribution set weight = 0.5 where attribution_model = 'last_click' and weight = 1",
    ),
  ],
  a_lone_touch_takes_all: [
    change(
      'a lone touch takes half',
      'update fct_attribution set weight = 0.5 where touch_count = 1',
    ),
  ],

  // Orders
  assert_lines_add_up_to_their_order: [
    change(
      'a line is dropped',
      'delete from fct_order_items where is_valid = 1 and gross_amount > 0',
    ),
    {
      what: 'an order loses all its lines',
      sql: `delete from fct_order_items
        where order_id = (select min(order_id) from fct_orders where is_valid = 1 and gross_sales > 0)`,
    },
    change(
      'a line is doubled',
      'insert into fct_order_items select * from fct_order_items where is_valid = 1 and gross_amount > 0',
    ),
    change(
      'a line gets a cent more',
      'update fct_order_items set gross_amount = gross_amount + 0.01 where is_valid = 1',
    ),
    change(
      'a line gets a cent more of the discount',
      `update fct_order_items set order_discount_allocated = order_discount_allocated + 0.01
       where is_valid = 1`,
    ),
    change(
      'a line gets a cent more of the freight',
      'update fct_order_items set shipping_allocated = shipping_allocated + 0.01 where is_valid = 1',
    ),
  ],
  assert_one_first_order_per_customer: [
    change(
      'a first order is none',
      'update fct_orders set is_new_customer = 0 where is_new_customer = 1',
    ),
    change(
      'a second order is a first one',
      'update fct_orders set is_new_customer = 1 where customer_order_seq = 2',
    ),
    change(
      'a first order is doubled',
      'insert into fct_orders select * from fct_orders where is_new_customer = 1',
    ),
  ],
  total_is_the_sum_of_its_parts: [
    change(
      'an order gets a cent more',
      'update fct_orders set total_amount = total_amount + 0.01 where is_valid = 1',
    ),
    change(
      'an order loses a cent of freight',
      'update fct_orders set shipping_revenue = shipping_revenue - 0.01 where is_valid = 1',
    ),
  ],
  net_sales_is_the_ladder: [
    change('net sales grow by a cent', 'update fct_orders set net_sales = net_sales + 0.01'),
    change('returns grow by a cent', 'update fct_orders set returns = returns + 0.01'),
  ],
  net_revenue_is_total_less_refunds: [
    change('net revenue grows by a cent', 'update fct_orders set net_revenue = net_revenue + 0.01'),
    change(
      'a cent more is refunded',
      'update fct_orders set refunded_amount = refunded_amount + 0.01',
    ),
    change(
      'a sale is cancelled',
      'update fct_orders set is_valid = 0 where is_valid = 1 and net_revenue > 0',
    ),
  ],
  refunds_do_not_exceed_the_total: [
    change(
      'a cent more than the total is refunded',
      'update fct_orders set refunded_amount = total_amount + 0.01',
    ),
  ],
  conversions_have_a_value: [
    change('a conversion takes money away', 'update fct_conversions set total = -0.01'),
  ],
  total_agrees_with_the_platform: [
    change(
      'the platform says two cents more',
      'update fct_orders set platform_total = total_amount + 0.02',
    ),
  ],
  only_valid_orders_are_numbered: [
    change(
      'a sale loses its number',
      'update fct_orders set customer_order_seq = null where is_valid = 1',
    ),
    change(
      'an order that is not valid gets one',
      'update fct_orders set customer_order_seq = 1 where is_valid = 0',
    ),
  ],
  new_customers_are_first_orders: [
    change(
      'a second order is of a new customer',
      'update fct_orders set is_new_customer = 1 where customer_order_seq = 2',
    ),
    change(
      'a first order is of no new customer',
      'update fct_orders set is_new_customer = 0 where customer_order_seq = 1',
    ),
  ],
  the_local_day_is_the_key: [
    change(
      'an order shifts by a day',
      'update fct_orders set order_created_local = order_created_local + interval 1 day',
    ),
    change('a key shifts by a day', 'update fct_orders set date_key = date_key + 1'),
  ],
  net_is_gross_less_discounts: [
    change('a line gets a cent more', 'update fct_order_items set net_amount = net_amount + 0.01'),
    change(
      'a discount grows by a cent',
      'update fct_order_items set line_discount = line_discount + 0.01',
    ),
  ],
  refunded_units_were_bought: [
    change(
      'one unit more than was bought comes back',
      'update fct_order_items set refunded_quantity = quantity + 1',
    ),
  ],

  // Customers
  first_order_is_not_after_the_last: [
    change(
      'a first order moves behind the last',
      `update dim_customers set first_order_date = last_order_date + interval 1 day
       where last_order_date is not null`,
    ),
  ],
  assert_rfm_segments_cover_all_scores: [
    change('a cell is dropped', 'delete from rfm_segments'),
    change('a cell is doubled', 'insert into rfm_segments select * from rfm_segments'),
    change(
      'a cell moves onto another',
      'update rfm_segments set recency_score = 2 where recency_score = 1 and frequency_score = 1',
    ),
  ],
  assert_rfm_scores_are_monotone: [
    change(
      'the one with most orders gets the lowest score',
      'update mart_customer_rfm set frequency_score = 1 order by frequency desc',
    ),
    change(
      'one with the lowest score has most orders',
      'update mart_customer_rfm set frequency = 999 where frequency_score = 1',
    ),
  ],
  ltv_grows_with_its_window: [
    change(
      'the first 30 days are worth more than the year',
      'update mart_customer_ltv set ltv_30d = ltv_365d + 0.01',
    ),
    change('a window shrinks', 'update mart_customer_ltv set ltv_90d = ltv_60d - 0.01'),
  ],
  nobody_is_active_twice: [
    change(
      'a cohort has more active customers than customers',
      'update mart_cohort_retention set active_customers = cohort_size + 1',
    ),
  ],
  a_cohort_is_whole_at_first: [
    change(
      'a customer is missing in the first month',
      'update mart_cohort_retention set active_customers = active_customers - 1 where period = 0',
    ),
  ],

  // Calendar, spend and reports
  assert_dim_dates_has_no_gap: [
    change('a day is dropped', "delete from dim_dates where full_date = '2026-09-15'"),
    change('a day is doubled', 'insert into dim_dates select * from dim_dates'),
    change(
      'the last day shifts by one',
      'update dim_dates set full_date = full_date + interval 1 day order by full_date desc',
    ),
  ],
  clicks_do_not_exceed_impressions: [
    change(
      'an ad is clicked oftener than shown',
      'update fct_ad_spend set clicks = impressions + 1',
    ),
  ],
  assert_spend_days_have_no_gap: [
    {
      what: 'a day of an account is dropped',
      sql: `delete from fct_ad_spend where platform = 'meta' and spend_date = '2026-09-15'`,
    },
  ],
  assert_a_sku_is_of_one_product: [
    {
      what: 'two products of a store get one SKU',
      sql: `update dim_product_variants set sku = 'SAME'`,
    },
  ],
  assert_cohorts_have_every_month: [
    change('a month of a cohort is dropped', 'delete from mart_cohort_retention where period > 0'),
    change(
      'a cohort gets a month to come',
      'update mart_cohort_retention set period = period + 1 where period > 0 order by period desc',
    ),
    change(
      'a cohort loses a customer',
      'update mart_cohort_retention set cohort_size = cohort_size - 1 where period = 0',
    ),
  ],
  assert_touches_agree_with_their_channel: [
    change(
      'a paid touch is said to be none',
      'update fct_touchpoints set is_paid = 0 where is_paid = 1',
    ),
    change(
      'a direct touch is said to be none',
      'update fct_touchpoints set is_direct = 0 where is_direct = 1',
    ),
  ],
  shares_are_in_their_range: [
    change(
      'a share lies below its range',
      "update rpt_data_quality set is_passed = 0 where check_level = 'analytical'",
    ),
  ],
  no_check_fails: [
    change('a check fails', "update rpt_data_quality set is_passed = 0 where severity = 'error'"),
  ],
  // Stock and keys
  assert_abc_classes_hold_their_share: [
    change(
      'the best seller is in C',
      "update mart_product_abc set abc_classification = 'C' where revenue_rank = 1",
    ),
    change(
      'the first of B is in A',
      `update mart_product_abc set abc_classification = 'A' where abc_classification = 'B'
       order by revenue_rank`,
    ),
    change(
      'the last of A is in B',
      `update mart_product_abc set abc_classification = 'B' where abc_classification = 'A'
       order by revenue_rank desc`,
    ),
    change(
      'the first of C that sold is in B',
      `update mart_product_abc set abc_classification = 'B' where abc_classification = 'C' and revenue > 0
       order by revenue_rank`,
    ),
  ],
  a_variant_has_one_stock_a_day: [
    change(
      'a day of a variant is doubled',
      'insert into fct_inventory_daily select * from fct_inventory_daily',
    ),
  ],
  a_variant_is_once_in_a_day_of_the_history: [
    change(
      'a day of a variant is doubled',
      'insert into int_inventory_history select * from int_inventory_history',
    ),
  ],
  without_stock_is_nothing_available: [
    change(
      'stock is there and is said to be none',
      'update fct_inventory_daily set is_out_of_stock = 1 where available > 0',
    ),
  ],
  the_stock_day_is_the_key: [
    change(
      'the stock shifts by one day',
      'update fct_inventory_daily set inventory_date = inventory_date + interval 1 day',
    ),
  ],
  assert_inventory_health_is_the_last_day: [
    change('a variant is dropped', 'delete from mart_inventory_health'),
    change(
      'a variant has one unit more',
      'update mart_inventory_health set available = available + 1',
    ),
    change('a variant loses the stock of its day', 'delete from fct_inventory_daily'),
  ],
  stock_lasts_as_long_as_it_sells: [
    change(
      'stock that sells has no end',
      'update mart_inventory_health set days_of_cover = null where avg_daily_units > 0',
    ),
  ],
  nothing_is_lost_while_in_stock: [
    change(
      'a variant in stock loses sales',
      'update mart_inventory_health set lost_sales_estimate = 1 where days_out_of_stock_28d = 0',
    ),
  ],
  a_record_is_once_in_a_person: [
    change('a pair is doubled', 'insert into int_person_keys select * from int_person_keys'),
  ],
  assert_current_keys_are_the_customers: [
    change('a key is dropped', 'delete from customer_key_history'),
    change('a key in use is said to be old', 'update customer_key_history set is_current = 0'),
    change('a customer is dropped', 'delete from dim_customers'),
  ],
  paid_and_expired_orders_were_created: [
    change(
      'one order more is paid than was placed',
      'update rpt_payment_funnel set orders_paid = orders_created - orders_expired + 1',
    ),
  ],
};
