import type { Random } from '../random.ts';
import type { AppliedCoupon, OrderLine, OrderTotals, Payment, Shipping } from './order-records.ts';
import { subtotalOf } from './order-lines.ts';
import { idText } from './person.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import { CARRIERS } from './words.ts';

const FREE_SHIPPING_FROM = 29_900;
const PIX_DISCOUNT = 0.05;

/** A coupon that was valid then, on one order in nine. */
export function couponOf(
  base: ShopBase,
  lines: readonly OrderLine[],
  placedAt: number,
  random: Random,
): AppliedCoupon | undefined {
  if (!random.chance(0.11)) return undefined;
  const goods = subtotalOf(lines.filter(({ isGiftCard }) => !isGiftCard));
  const valid = base.catalog
    .coupons(placedAt)
    .filter(
      ({ endsAt, minimum }) => (endsAt === undefined || endsAt > placedAt) && goods >= minimum,
    );
  if (goods === 0 || valid.length === 0) return undefined;
  const { code, kind, value } = random.pick(valid);
  const discount = kind === 'percentage' ? Math.round((goods * value) / 100) : value;
  return { code, discount: Math.min(goods, discount) };
}

/** By distance from São Paulo; free from a certain basket on, and for gift cards. */
export function shippingOf(
  base: ShopBase,
  order: {
    readonly index: number;
    readonly lines: readonly OrderLine[];
    readonly stateCode: string;
  },
  random: Random,
): Shipping {
  const { index, lines, stateCode } = order;
  const { carrier, services } = random.pick(CARRIERS);
  const isFast = random.chance(0.3);
  const distance = stateCode === 'SP' ? 0 : ['RJ', 'MG', 'PR', 'SC'].includes(stateCode) ? 1 : 2;
  const weight = weightOf(lines);
  const cost = 1290 + distance * 780 + (isFast ? 950 : 0) + Math.floor(weight / 500) * 120;
  const isFree = subtotalOf(lines) >= FREE_SHIPPING_FROM || lines.every((line) => line.isGiftCard);
  const days = (isFast ? 1 : 3) + distance * (isFast ? 1 : 2);
  return {
    carrier,
    service: services[isFast ? 1 : 0],
    price: isFree ? 0 : cost + 100,
    cost,
    minimumDays: days,
    maximumDays: days + 3,
    trackingCode: `LA${idText(9, base.seed, TAG.order, index).toUpperCase()}BR`,
  };
}

export function totalsOf(order: {
  readonly lines: readonly OrderLine[];
  readonly coupon: AppliedCoupon | undefined;
  readonly shipping: Shipping;
  readonly method: Payment['method'];
  readonly paysByGiftCard: boolean;
}): OrderTotals {
  const { lines, coupon, shipping, method, paysByGiftCard } = order;
  const subtotal = subtotalOf(lines);
  const couponDiscount = coupon?.discount ?? 0;
  const goods = subtotalOf(lines.filter(({ isGiftCard }) => !isGiftCard)) - couponDiscount;
  const paymentDiscount = method === 'pix' ? Math.round(goods * PIX_DISCOUNT) : 0;
  const total = subtotal - couponDiscount - paymentDiscount + shipping.price;
  return {
    subtotal,
    couponDiscount,
    paymentDiscount,
    shipping: shipping.price,
    total,
    giftCardAmount: paysByGiftCard ? Math.min(total, 5000) : 0,
    weightGrams: weightOf(lines),
  };
}

function weightOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { quantity, variant }) => sum + quantity * variant.weightGrams, 0);
}
