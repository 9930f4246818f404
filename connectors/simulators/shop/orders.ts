import { randomOf, unit } from '../random.ts';
import { lastTouchOf } from './journeys.ts';
import type { Visit } from './journey-records.ts';
import { linesOf } from './order-lines.ts';
import type { Browser, Order, OrderEvent, OrderLine, Payment, Refund } from './order-records.ts';
import { dueAtOf, methodOf, timelineOf } from './order-timeline.ts';
import type { Moment } from './order-timeline.ts';
import { couponOf, shippingOf, totalsOf } from './order-totals.ts';
import { personAt } from './identity.ts';
import type { Contact } from './people-records.ts';
import { idText, otherAddress, typedContact } from './person.ts';
import type { Person } from './person.ts';
import type { Recipient } from './order-records.ts';
import { refundsOf } from './refunds.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import type { Random } from '../random.ts';

const NOTES = [
  'Entregar na portaria',
  'É presente, sem nota na caixa',
  'Pode deixar com o vizinho',
];
const BRANDS = ['visa', 'mastercard', 'elo'] as const;

const USER_AGENTS = {
  mobile: 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36',
  desktop:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36',
  tablet:
    'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1',
} as const;

/** An order with its whole life, computed from its number. */
export function orderOf(base: ShopBase, index: number): Order {
  const { seed, sales, people } = base;
  const day = sales.dayOf(index);
  const placedAt = sales.instantOf(index, day);
  const { lines, random } = basketOf(base, index, placedAt);
  const personId = people.personOf(index);
  const person = personAt(base, personId);
  const accountId = people.accountOf(index, personId);
  const shippingAddress = random.chance(0.1) ? otherAddress(seed, person, index) : person.address;
  const coupon = couponOf(base, lines, placedAt, random);
  const { stateCode } = shippingAddress;
  const shipping = shippingOf(base, { index, lines, stateCode }, random);
  const payment = paymentOf(base, index, placedAt, random);
  const paysByGiftCard = random.chance(0.01);
  const totals = totalsOf({ lines, coupon, shipping, method: payment.method, paysByGiftCard });
  const moments = timelineOf(base, index, day, placedAt);
  const visit = lastTouchOf(base, index);
  return {
    index,
    placedAt,
    isTest: isTestOrder(base, index),
    accountId,
    contact: contactOf(base, person, { index, personId, accountId }),
    billingAddress: person.address,
    shippingAddress,
    recipient: random.chance(0.03) ? recipientOf(base, index) : undefined,
    lines,
    coupon,
    payment,
    shipping,
    totals,
    note: random.chance(0.06) ? random.pick(NOTES) : undefined,
    browser: browserOf(visit, random),
    visit,
    events: eventsOf(moments, refundsOf({ seed, index, lines, totals, moments })),
  };
}

/** What is in an order: a small part of making all of it. */
export function orderLinesOf(base: ShopBase, index: number): readonly OrderLine[] {
  return basketOf(base, index, base.sales.instantOf(index)).lines;
}

/** The lines of an order, which are drawn first, and what draws the rest of it. */
function basketOf(base: ShopBase, index: number, placedAt: number) {
  const random = randomOf(base.seed, TAG.order, index);
  return { lines: linesOf(base, index, placedAt, random), random };
}

/** One order in five hundred is the shop's own try. */
export function isTestOrder(base: ShopBase, index: number): boolean {
  return unit(base.seed, TAG.order, index, 99) < 0.002;
}

/** A second account has its own e-mail; everything else is the person's. */
function contactOf(
  base: ShopBase,
  person: Person,
  order: {
    readonly index: number;
    readonly personId: number;
    readonly accountId: number | undefined;
  },
): Contact {
  const isSecond = order.accountId === order.personId * 2 + 2;
  const form = isSecond ? { ...person, email: person.otherEmail } : person;
  return typedContact(base.seed, form, order.index);
}

function paymentOf(base: ShopBase, index: number, placedAt: number, random: Random): Payment {
  const method = methodOf(base, index);
  const isCard = method === 'card';
  return {
    method,
    cardBrand: isCard ? random.pick(BRANDS) : undefined,
    installments: isCard ? random.pick([1, 1, 1, 2, 3, 3, 4, 6, 10]) : 1,
    gatewayId: `pay_${idText(18, base.seed, TAG.payment, index)}`,
    dueAt: dueAtOf(method, placedAt),
  };
}

/** Somebody who gets a present. */
function recipientOf(base: ShopBase, index: number): Recipient {
  const { firstName, lastName, phone } = personAt(base, base.people.count + index);
  return { name: `${firstName} ${lastName}`, phone };
}

/** From the ranges that are kept for documentation (RFC 5737). */
export function browserOf(visit: Visit, random: Random): Browser {
  const network = random.pick(['192.0.2', '198.51.100', '203.0.113']);
  const { device, clientId } = visit;
  return {
    ip: `${network}.${random.whole(1, 254)}`,
    userAgent: USER_AGENTS[device],
    device,
    clientId,
  };
}

function eventsOf(moments: readonly Moment[], refunds: readonly Refund[]): OrderEvent[] {
  let place = 0;
  return moments.map((moment): OrderEvent => {
    if (moment.kind !== 'refunded') return moment;
    const refund = refunds[place];
    place += 1;
    if (refund === undefined) throw new RangeError('a refund without its lines');
    return { kind: 'refunded', at: moment.at, refund };
  });
}
