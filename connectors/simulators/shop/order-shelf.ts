import { ChangeSearch } from './changed-orders.ts';
import { orderLinesOf, orderOf } from './orders.ts';
import { orderAt } from './order-state.ts';
import type { Order, OrderAt } from './order-records.ts';
import type { ShopBase } from './shop-base.ts';
import type { OrderShelf, Part, Slice } from './world-records.ts';

/** The orders of a shop as lists. */
export function orderShelf(base: ShopBase): OrderShelf {
  const search = new ChangeSearch(base);
  const at = (index: number, now: number): OrderAt => orderAt(orderOf(base, index), now);
  const existsAt = (index: number, now: number) =>
    Number.isInteger(index) &&
    index >= 0 &&
    index < base.sales.count &&
    base.sales.instantOf(index) <= now;
  return {
    changed(window, now, part, sortedBy = 'placed') {
      const found = search.find(window, now);
      const indexes = sortedBy === 'placed' ? found.byPlacing : found.byChange;
      return slice(indexes, part, (index) => at(index, now));
    },
    placed({ from, to }, now, { offset, limit }) {
      const first = base.sales.countBefore(from);
      const total = Math.max(0, base.sales.countBefore(Math.min(to, now + 1)) - first);
      const count = Math.max(0, Math.min(limit, total - offset));
      const items = Array.from({ length: count }, (_, place) => at(first + offset + place, now));
      return { total, items };
    },
    at: (index, now) => (existsAt(index, now) ? at(index, now) : undefined),
    life(index): Order {
      if (!existsAt(index, Number.POSITIVE_INFINITY)) {
        throw new RangeError(`there is no order ${index}`);
      }
      return orderOf(base, index);
    },
    linesOf: (index) => orderLinesOf(base, index),
    countBefore: (instant) => base.sales.countBefore(instant),
  };
}

function slice<T>(
  indexes: Float64Array,
  { offset, limit }: Part,
  make: (index: number) => T,
): Slice<T> {
  const from = Math.max(0, offset);
  const items = Array.from(indexes.subarray(from, from + limit), make);
  return { total: indexes.length, items };
}
