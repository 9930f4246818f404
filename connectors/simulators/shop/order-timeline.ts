import { unit } from '../random.ts';
import { DAY, HOUR, MINUTE } from './calendar.ts';
import type { CancelReason, Payment } from './order-records.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';

/** Something that happens to an order, without its details. */
export type Moment =
  | {
      readonly kind:
        | 'placed'
        | 'authorized'
        | 'paid'
        | 'expired'
        | 'edited'
        | 'shipped'
        | 'delivered';
      readonly at: number;
    }
  | { readonly kind: 'cancelled'; readonly at: number; readonly reason: CancelReason }
  | { readonly kind: 'refunded'; readonly at: number; readonly extent: RefundExtent };

/** Everything that is left, some of the lines, or a second refund of some. */
export type RefundExtent = 'whole' | 'part';

/** After this long only refunds happen, and only to each so-manieth order. */
export const USUAL_LIFE = 14 * DAY;
export const LONGEST_LIFE = 61 * DAY;
export const REFUND_RHYTHM = 20;

const PIX_TERM = DAY;
const BOLETO_TERM = 5 * DAY;

/** How an order is paid. */
export function methodOf(base: ShopBase, index: number): Payment['method'] {
  const share = unit(base.seed, TAG.payment, index);
  return share < 0.44 ? 'card' : share < 0.87 ? 'pix' : 'boleto';
}

/** When a Pix or boleto of that moment runs out. */
export function dueAtOf(method: Payment['method'], placedAt: number): number | undefined {
  if (method === 'card') return undefined;
  return placedAt + (method === 'pix' ? PIX_TERM : BOLETO_TERM);
}

/** All that ever happens to an order, in order of time. Cheap: no contents are made. */
export function timelineOf(base: ShopBase, index: number, day: number, placedAt: number): Moment[] {
  const draw = (what: number) => unit(base.seed, TAG.payment, index, what);
  const moments: Moment[] = [{ kind: 'placed', at: placedAt }];
  const paidAt = pay(moments, methodOf(base, index), placedAt, draw);
  if (draw(2) < 0.02)
    moments.push({ kind: 'edited', at: placedAt + seconds(HOUR, 2 * DAY, draw(3)) });
  if (paidAt !== undefined) {
    const canBeRefunded = base.sales.phaseOf(index, day, REFUND_RHYTHM) === 0;
    deliver(moments, { placedAt, paidAt, canBeRefunded }, draw);
  }
  return moments.toSorted((left, right) => left.at - right.at);
}

type Draw = (what: number) => number;

/** Adds how it is paid, or not; the instant of payment. */
function pay(
  moments: Moment[],
  method: Payment['method'],
  placedAt: number,
  draw: Draw,
): number | undefined {
  switch (method) {
    case 'card':
      return payByCard(moments, placedAt, draw);
    case 'pix': {
      if (draw(5) < 0.82) {
        const isQuick = draw(6) < 0.85;
        const wait = isQuick
          ? seconds(20_000, 15 * MINUTE, draw(7))
          : seconds(HOUR, PIX_TERM, draw(7));
        return addPaid(moments, placedAt + wait);
      }
      return addExpired(moments, placedAt, placedAt + PIX_TERM, draw);
    }
    case 'boleto': {
      if (draw(5) < 0.55)
        return addPaid(moments, placedAt + seconds(8 * HOUR, BOLETO_TERM, draw(7)));
      const expiredAt = placedAt + BOLETO_TERM;
      // Paid at the last counter: the bank reports it after the shop gave up on it.
      if (draw(6) < 0.03) {
        moments.push({ kind: 'expired', at: expiredAt });
        return addPaid(moments, expiredAt + seconds(HOUR, 30 * HOUR, draw(7)));
      }
      return addExpired(moments, placedAt, expiredAt, draw);
    }
  }
}

function payByCard(moments: Moment[], placedAt: number, draw: Draw): number | undefined {
  const answeredAt = placedAt + seconds(2000, 60_000, draw(6));
  if (draw(5) < 0.07) {
    moments.push({ kind: 'cancelled', at: answeredAt, reason: 'declined' });
    return undefined;
  }
  moments.push({ kind: 'authorized', at: answeredAt });
  return addPaid(moments, answeredAt + seconds(1000, 20 * MINUTE, draw(7)));
}

function addPaid(moments: Moment[], at: number): number {
  moments.push({ kind: 'paid', at });
  return at;
}

function addExpired(moments: Moment[], placedAt: number, at: number, draw: Draw): undefined {
  moments.push({ kind: 'expired', at });
  if (draw(8) < 0.7) {
    const cancelledAt = Math.max(at, placedAt + 2 * DAY) + seconds(HOUR, DAY, draw(9));
    moments.push({ kind: 'cancelled', at: cancelledAt, reason: 'other' });
  }
  return undefined;
}

/** What follows a payment: a cancellation with the money back, or a delivery and perhaps refunds. */
function deliver(
  moments: Moment[],
  order: { readonly placedAt: number; readonly paidAt: number; readonly canBeRefunded: boolean },
  draw: Draw,
): void {
  const { placedAt, paidAt, canBeRefunded } = order;
  if (draw(10) < 0.03) {
    const at = paidAt + seconds(HOUR, 20 * HOUR, draw(11));
    const reason = draw(12) < 0.5 ? 'customer' : draw(12) < 0.75 ? 'fraud' : 'inventory';
    moments.push({ kind: 'cancelled', at, reason });
    moments.push({ kind: 'refunded', at: at + 60_000, extent: 'whole' });
    return;
  }
  const shippedAt = paidAt + seconds(4 * HOUR, 2 * DAY, draw(13));
  const deliveredAt = Math.min(
    shippedAt + seconds(DAY, 6 * DAY, draw(14)),
    placedAt + USUAL_LIFE - HOUR,
  );
  moments.push({ kind: 'shipped', at: shippedAt }, { kind: 'delivered', at: deliveredAt });
  if (canBeRefunded) refund(moments, placedAt, deliveredAt, draw);
}

function refund(moments: Moment[], placedAt: number, deliveredAt: number, draw: Draw): void {
  const last = placedAt + LONGEST_LIFE - 12 * DAY;
  const first = deliveredAt + seconds(2 * HOUR, last - deliveredAt, draw(15) ** 2);
  const extent = draw(16) < 0.4 ? 'whole' : 'part';
  moments.push({ kind: 'refunded', at: first, extent });
  if (extent === 'part' && draw(17) < 0.15) {
    moments.push({
      kind: 'refunded',
      at: first + seconds(DAY, 10 * DAY, draw(18)),
      extent: 'part',
    });
  }
}

/** A whole number of seconds between two lengths of time, in milliseconds. */
function seconds(low: number, high: number, share: number): number {
  return Math.floor((low + (high - low) * share) / 1000) * 1000;
}
