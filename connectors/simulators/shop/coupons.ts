import { mix } from '../random.ts';
import { DAY } from './calendar.ts';
import type { Coupon } from './catalog-records.ts';
import type { CatalogOptions } from './products.ts';
import { TAG } from './tags.ts';

/** Two coupons that are always valid, and one for each half of a quarter. */
export function couponsOf({ seed, start, end }: CatalogOptions): Coupon[] {
  const always: Coupon[] = [
    {
      id: 1,
      code: 'BEMVINDA10',
      kind: 'percentage',
      value: 10,
      minimum: 0,
      startsAt: start - 30 * DAY,
      endsAt: undefined,
    },
    {
      id: 2,
      code: 'FRETE20',
      kind: 'absolute',
      value: 2000,
      minimum: 15_000,
      startsAt: start - 30 * DAY,
      endsAt: undefined,
    },
  ];
  const seasonal: Coupon[] = [];
  for (let at = start; at < end; at += 45 * DAY) {
    const id = always.length + seasonal.length + 1;
    const value = 5 + (mix(seed, TAG.catalog, id, 77) % 4) * 5;
    const code = `AURORA${value}N${id}`;
    seasonal.push({
      id,
      code,
      kind: 'percentage',
      value,
      minimum: 0,
      startsAt: at,
      endsAt: at + 15 * DAY,
    });
  }
  return [...always, ...seasonal];
}
