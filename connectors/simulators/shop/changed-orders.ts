import { Kept } from '../kept.ts';
import type { ShopBase } from './shop-base.ts';
import { LONGEST_LIFE, REFUND_RHYTHM, timelineOf, USUAL_LIFE } from './order-timeline.ts';
import type { Window } from './world-records.ts';

/** One list for each stream and account that is being paged, and some more. */
const KEPT = {
  most: 12,
  weightOf: ({ indexes }: ChangedOrders) => indexes.length,
  heaviest: 1_000_000,
};

/** Orders that changed in a window, with what decides whether they are still in it later. */
interface ChangedOrders {
  readonly indexes: Float64Array;
  /** The last change inside the window. */
  readonly changedAt: Float64Array;
  /** The first change after it. */
  readonly leavesAt: Float64Array;
}

/** The orders of a window as it is from one instant to another. */
export interface FoundOrders {
  readonly from: number;
  readonly until: number;
  readonly byPlacing: Float64Array;
  readonly byChange: Float64Array;
}

/**
 * Finds orders by the instant of their latest change. Only orders that can have changed in the window are
 * looked at: those of two weeks before it, and of two months those that can be refunded.
 */
export class ChangeSearch {
  readonly #base: ShopBase;
  readonly #kept = new Kept<string, ChangedOrders>(KEPT);
  readonly #found = new WeakMap<ChangedOrders, FoundOrders>();

  constructor(base: ShopBase) {
    this.#base = base;
  }

  /** Numbers of the orders that are in a window as it is at `now`. */
  find(window: Window, now: number): FoundOrders {
    // Things happen at whole seconds, so that a window that is still open is searched once in each.
    const soon = Math.floor(now / 1000) * 1000 + 1;
    const changed = this.#changed(window.from, Math.min(window.to, soon));
    const before = this.#found.get(changed);
    if (before !== undefined && before.from <= now && now < before.until) return before;
    const found = standing(changed, now);
    this.#found.set(changed, found);
    return found;
  }

  #changed(from: number, to: number): ChangedOrders {
    return this.#kept.of(`${from} ${to}`, () => this.#search(from, to));
  }

  #search(from: number, to: number): ChangedOrders {
    const indexes: number[] = [];
    const changed: number[] = [];
    const leaves: number[] = [];
    for (const [index, day] of candidates(this.#base, from, to)) {
      let changedAt = Number.NEGATIVE_INFINITY;
      let leavesAt = Number.POSITIVE_INFINITY;
      const placedAt = this.#base.sales.instantOf(index, day);
      for (const { at } of timelineOf(this.#base, index, day, placedAt)) {
        if (at < to) changedAt = at;
        else leavesAt = Math.min(leavesAt, at);
      }
      if (changedAt < from) continue;
      indexes.push(index);
      changed.push(changedAt);
      leaves.push(leavesAt);
    }
    return {
      indexes: Float64Array.from(indexes),
      changedAt: Float64Array.from(changed),
      leavesAt: Float64Array.from(leaves),
    };
  }
}

/** What has not changed again by now, and until when that stays so. */
function standing({ indexes, changedAt, leavesAt }: ChangedOrders, now: number): FoundOrders {
  let until = Number.POSITIVE_INFINITY;
  const places: number[] = [];
  leavesAt.forEach((at, place) => {
    if (at <= now) return;
    places.push(place);
    if (at < until) until = at;
  });
  const numbers = (order: readonly number[]) =>
    Float64Array.from(order, (place) => indexes[place] ?? 0);
  const byChange = places.toSorted(
    (left, right) => (changedAt[left] ?? 0) - (changedAt[right] ?? 0) || left - right,
  );
  return { from: now, until, byPlacing: numbers(places), byChange: numbers(byChange) };
}

/** Numbers and days of the orders that can have changed in a window, in order. */
function* candidates(
  { sales }: ShopBase,
  from: number,
  to: number,
): Generator<readonly [number, number]> {
  const usual = sales.dayAt(from - USUAL_LIFE);
  const first = Math.max(0, sales.dayAt(from - LONGEST_LIFE));
  const last = Math.min(sales.days - 1, sales.dayAt(to - 1));
  for (let day = first; day <= last; day += 1) {
    const end = sales.firstOf(day + 1);
    const begin = sales.firstOf(day);
    if (begin === end) continue;
    const isUsual = day >= usual;
    const phase = sales.phaseOf(begin, day, REFUND_RHYTHM);
    const offset = isUsual ? 0 : (REFUND_RHYTHM - phase) % REFUND_RHYTHM;
    for (let index = begin + offset; index < end; index += isUsual ? 1 : REFUND_RHYTHM) {
      yield [index, day];
    }
  }
}
