/** One call of every shipped macro, for `docs/macro-library.md`. */
export const MACRO_EXAMPLES: Readonly<Record<string, string>> = {
  any_value: '{{any_value "customer_name"}}',
  cast_bool_to_text: '{{cast_bool_to_text "is_paid"}}',
  cast: '{{cast "quantity" type="bigint"}}',
  date_spine: '{{date_spine unit="day" start="2026-01-01" end="2026-02-01"}}',
  date_trunc: '{{date_trunc unit="month" date="ordered_at"}}',
  dateadd: '{{dateadd unit="day" amount=7 date="ordered_at"}}',
  datediff: '{{datediff unit="month" start="first_order_at" end="ordered_at"}}',
  deduplicate:
    '{{deduplicate relation=(ref "stg_orders") columns=(list "order_id" "status") partition_by=(list "order_id") order_by=(list "updated_at desc")}}',
  equals: '{{equals "old_value" "new_value"}}',
  generate_series: '{{generate_series upper=24}}',
  hash: '{{hash "email"}}',
  json_bool: '{{json_bool column="payload" path="$.paid"}}',
  json_num: '{{json_num column="payload" path="$.total" type="decimal(12,2)"}}',
  json_str: '{{json_str column="payload" path="$.customer.name" length=200}}',
  json_ts: '{{json_ts column="payload" path="$.created_at"}}',
  last_day: '{{last_day "ordered_at" unit="quarter"}}',
  listagg: '{{listagg "sku" delimiter=", " order_by="sku"}}',
  local_time: '{{local_time "ordered_at" timezone="Asia/Kolkata"}}',
  md5: '{{md5 "email"}}',
  pivot: '{{pivot column="status" values=(list "paid" "open") then_value="total" prefix="total_"}}',
  position: `{{position "'@'" "email"}}`,
  powers_of_two: '{{powers_of_two 1000}}',
  safe_cast: '{{safe_cast "raw_quantity" type="integer"}}',
  safe_divide: '{{safe_divide "revenue" "orders"}}',
  split_part: '{{split_part "sku" delimiter="-" part=2}}',
  star_except:
    '{{star_except columns=(list "id" "name" "password") except=(list "password") relation_alias="c"}}',
  surrogate_key: '{{surrogate_key columns=(list "order_id" "line_number")}}',
  union_relations:
    '{{union_relations relations=(list (ref "orders_br") (ref "orders_us")) columns=(list (list "id" "total" "tax_id") (list "id" "total")) source_column="shop"}}',
  unpivot:
    '{{unpivot relation=(ref "budgets") columns=(list "jan" "feb") keep=(list "account") name_column="month" value_column="amount" type="decimal(12,2)"}}',
};
