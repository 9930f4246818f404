import type { Coupon } from '../shop/catalog-records.ts';
import { decimal } from '../shop/money.ts';
import { timeText } from './answers.ts';
import { couponId } from './ids.ts';

/** A record of `/coupons`. `min_price` is null, a text or a number: all three come in one list. */
export function couponRecord(coupon: Coupon) {
  const { id, code, kind, value, minimum, startsAt, endsAt } = coupon;
  return {
    id: couponId(id),
    code,
    type: kind,
    value: kind === 'percentage' ? value.toFixed(2) : decimal(value),
    valid: true,
    used: 0,
    max_uses: null,
    start_date: new Date(startsAt).toISOString().slice(0, 10),
    end_date: endsAt === undefined ? null : new Date(endsAt).toISOString().slice(0, 10),
    start_time: null,
    end_time: null,
    min_price: minimumOf(id, minimum),
    categories: null,
    products: null,
    includes_shipping: false,
    first_consumer_purchase: false,
    combines_with_other_discounts: false,
    only_cheapest_shipping: false,
    is_deleted: false,
    created_at: timeText(startsAt),
    updated_at: timeText(startsAt),
  };
}

function minimumOf(id: number, minimum: number): string | number | null {
  if (minimum === 0) return null;
  return id % 2 === 0 ? minimum / 100 : decimal(minimum);
}
