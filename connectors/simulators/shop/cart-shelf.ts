import { randomOf } from '../random.ts';
import { linesOf, subtotalOf } from './order-lines.ts';
import { browserOf } from './orders.ts';
import type { Cart } from './order-records.ts';
import { personAt } from './identity.ts';
import { typedContact } from './person.ts';
import type { ShopBase } from './shop-base.ts';
import { TAG } from './tags.ts';
import { visitOf } from './visits.ts';
import type { CartShelf } from './world-records.ts';

/** Half of the carts are of people who have bought before or will. */
const KNOWN_PEOPLE = 0.5;

/** Checkouts that were begun and left. */
export function cartShelf(base: ShopBase): CartShelf {
  const { carts } = base;
  return {
    abandoned({ from, to }, now, { offset, limit }) {
      const first = carts.countBefore(from);
      const total = Math.max(0, carts.countBefore(Math.min(to, now + 1)) - first);
      const count = Math.max(0, Math.min(limit, total - offset));
      const items = Array.from({ length: count }, (_, place) =>
        cartOf(base, first + offset + place),
      );
      return { total, items };
    },
    at(index, now) {
      const isKnown = Number.isInteger(index) && index >= 0 && index < carts.count;
      return isKnown && carts.instantOf(index) <= now ? cartOf(base, index) : undefined;
    },
  };
}

function cartOf(base: ShopBase, index: number): Cart {
  const { seed } = base;
  const random = randomOf(seed, TAG.cart, index);
  const abandonedAt = base.carts.instantOf(index);
  const isKnown = random.chance(KNOWN_PEOPLE);
  const some = random.whole(0, base.sales.count - 1);
  const personId = isKnown ? base.people.personOf(some) : base.people.count * 2 + index;
  const person = personAt(base, personId);
  const startedAt = abandonedAt - random.whole(60, 1200) * 1000;
  const place = { number: -1 - index, at: startedAt, person: personId, role: 'only' } as const;
  const visit = visitOf(base, place, random);
  // Carts are numbered after the orders, so that no line of a cart has the id of an order's line.
  const lines = linesOf(base, base.sales.count + index, startedAt, random);
  return {
    index,
    startedAt,
    abandonedAt,
    accountId: isKnown ? accountBy(base, some, startedAt) : undefined,
    contact: typedContact(seed, person, -1 - index),
    shippingAddress: person.address,
    lines,
    subtotal: subtotalOf(lines),
    browser: browserOf(visit, random),
    visit,
  };
}

/** The account of an order where it exists already. */
function accountBy(base: ShopBase, index: number, now: number): number | undefined {
  const id = base.people.accountOf(index);
  if (id === undefined) return undefined;
  const [first] = base.people.ordersOfAccount(id);
  return first !== undefined && base.sales.instantOf(first) < now ? id : undefined;
}
