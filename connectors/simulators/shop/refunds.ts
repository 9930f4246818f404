import { randomOf } from '../random.ts';
import { splitWhole } from './money.ts';
import type { OrderLine, OrderTotals, Refund } from './order-records.ts';
import type { Moment, RefundExtent } from './order-timeline.ts';
import { TAG } from './tags.ts';

const REASONS = ['Não serviu', 'Arrependimento', 'Produto com defeito', 'Atraso na entrega'];

/**
 * The refunds of an order, one for each moment of its timeline. A part is one unit of the first line that
 * has one left; a whole is everything that is left, shipping included. Together never more than the total.
 */
export function refundsOf(order: {
  readonly seed: number;
  readonly index: number;
  readonly lines: readonly OrderLine[];
  readonly totals: OrderTotals;
  readonly moments: readonly Moment[];
}): Refund[] {
  const { seed, index, lines, totals, moments } = order;
  const paid = paidByLine(lines, totals);
  const left = lines.map(({ quantity }) => quantity);
  const refunds: Refund[] = [];
  for (const moment of moments) {
    if (moment.kind !== 'refunded') continue;
    const taken = takenOf(moment.extent, left);
    const parts = lines.flatMap((line, place) => {
      const quantity = taken[place] ?? 0;
      if (quantity === 0) return [];
      const amount = amountOf(paid[place] ?? 0, line.quantity, left[place] ?? 0, quantity);
      left[place] = (left[place] ?? 0) - quantity;
      return [{ line, quantity, amount }];
    });
    const isRest = left.every((quantity) => quantity === 0);
    const shippingAmount = moment.extent === 'whole' && isRest ? totals.shipping : 0;
    const random = randomOf(seed, TAG.order, index, 50 + refunds.length);
    refunds.push({
      id: index * 2 + refunds.length + 1,
      lines: parts,
      shippingAmount,
      amount: parts.reduce((sum, { amount }) => sum + amount, shippingAmount),
      isRestocked: random.chance(0.8),
      reason: random.pick(REASONS),
    });
  }
  return refunds;
}

/** What was paid for each line, after the discounts of the order. */
function paidByLine(lines: readonly OrderLine[], totals: OrderTotals): number[] {
  const gross = lines.map(({ quantity, unitPrice }) => quantity * unitPrice);
  const discountable = lines.map((line, place) => (line.isGiftCard ? 0 : (gross[place] ?? 0)));
  const discounts = splitWhole(totals.couponDiscount + totals.paymentDiscount, discountable);
  return gross.map((amount, place) => amount - (discounts[place] ?? 0));
}

function takenOf(extent: RefundExtent, left: readonly number[]): number[] {
  if (extent === 'whole') return [...left];
  const place = left.findIndex((quantity) => quantity > 0);
  return left.map((_, other) => (other === place ? 1 : 0));
}

/** The share of some units of a line, so that all units together are what was paid. */
function amountOf(paid: number, quantity: number, left: number, taken: number): number {
  const until = (units: number) => Math.round((paid * units) / quantity);
  return until(quantity - left + taken) - until(quantity - left);
}
